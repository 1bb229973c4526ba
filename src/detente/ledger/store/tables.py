"""The tables as the newest schema has them; the migrations make them."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Integer, MetaData, String, Table, Text

metadata = MetaData()

# Bodies are text, not JSON of the database: what was hashed comes back byte for byte.
entries = Table(
    "ledger_entries",
    metadata,
    Column("number", BigInteger().with_variant(Integer, "sqlite"), primary_key=True),
    Column("recorded", String(40), nullable=False),
    Column("kind", String(20), nullable=False),
    Column("body", Text, nullable=False),
    Column("previous", String(64), nullable=False),
    Column("hash", String(64), nullable=False, unique=True),
    Column("question", String(80), nullable=False, server_default="", index=True),
)

# One row: where the log ends. Writers queue on it, and a tail that is gone leaves it behind.
head = Table(
    "ledger_head",
    metadata,
    Column("one", Integer, primary_key=True),
    Column("number", BigInteger, nullable=False),
    Column("hash", String(64), nullable=False),
)
