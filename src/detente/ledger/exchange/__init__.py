"""A ledger as CSV, and public question sets as a ledger."""
