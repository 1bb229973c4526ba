"""Many draws, in chunks, on any executor."""
