"""What the ledger commands do, one file a task."""
