"""Whose name a forecast carries where none is given."""

from __future__ import annotations

import getpass
import os


def login_name() -> str:
    """The name somebody logged in with; empty where the machine knows none."""
    try:
        return getpass.getuser().strip()
    except (OSError, KeyError, ImportError):
        return ""


def usual_author() -> str:
    """The name that commands would take: of DETENTE_BY, else of the login."""
    return os.environ.get("DETENTE_BY", "").strip() or login_name()
