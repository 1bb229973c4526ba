"""A text, its sentences, the claims made in it and where they stand."""
