"""Files other tools write, read as situations; outcomes, given to the tools people use."""
