"""Situations that ship with Detente, by name."""
