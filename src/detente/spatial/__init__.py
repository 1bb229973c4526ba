"""The spatial lens: positions on a scale, and where on it a decision is expected."""
