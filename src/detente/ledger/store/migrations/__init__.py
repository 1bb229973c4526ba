"""From every earlier schema to the newest; no migration drops a row."""
