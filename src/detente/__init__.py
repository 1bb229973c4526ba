"""Detente: an account of a coming negotiation as an executable, attributed, checkable model."""

__version__ = "0.1.0"
