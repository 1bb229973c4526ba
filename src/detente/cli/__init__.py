"""The command line. ``main`` is what ``detente`` runs."""

from detente.cli.app import main

__all__ = ["main"]
