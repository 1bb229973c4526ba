"""Arrays in, records out: one file a question."""
