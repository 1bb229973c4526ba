"""Where a sentence stands, and how it is found again in a text that has changed."""
