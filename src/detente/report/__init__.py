"""The answer for people: terminal, JSON, one-file HTML."""
