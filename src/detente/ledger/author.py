"""Whose name a forecast carries where none is given."""

from __future__ import annotations

import getpass


def login_name() -> str:
    """The name somebody logged in with; empty where the machine knows none."""
    try:
        return getpass.getuser().strip()
    except (OSError, KeyError, ImportError):
        return ""
