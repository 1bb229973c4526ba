"""Which packages exist, which is chosen, and what stands in the way when none is."""
