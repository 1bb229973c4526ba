"""Pictures: each a record of numbers first, then drawn."""
