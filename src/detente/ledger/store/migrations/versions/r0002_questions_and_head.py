"""Entries know their question, so that one is found without reading all; the end is kept apart.

The head makes a lost tail visible and gives writers one row to queue on.
"""

import json

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

GENESIS = "0" * 64


def upgrade() -> None:
    """Add the column and its index, fill it from the bodies, and note where the log ends."""
    op.add_column(
        "ledger_entries", sa.Column("question", sa.String(80), nullable=False, server_default="")
    )
    op.create_index("ix_ledger_entries_question", "ledger_entries", ["question"])
    head = op.create_table(
        "ledger_head",
        sa.Column("one", sa.Integer(), primary_key=True),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("hash", sa.String(64), nullable=False),
    )
    entries = sa.table(
        "ledger_entries",
        sa.column("number", sa.BigInteger()),
        sa.column("body", sa.Text()),
        sa.column("hash", sa.String()),
        sa.column("question", sa.String()),
    )
    connection, last = op.get_bind(), (0, GENESIS)
    rows = connection.execute(sa.select(entries.c.number, entries.c.body, entries.c.hash))
    for number, body, own in rows.all():
        connection.execute(
            entries.update().where(entries.c.number == number).values(question=_question(body))
        )
        last = max(last, (number, own))
    op.bulk_insert(head, [{"one": 1, "number": last[0], "hash": last[1]}])


def _question(body: str) -> str:
    """The question an entry is about; a body that was torn is kept for verify to report."""
    try:
        record = json.loads(body)
    except ValueError:
        return ""
    return str(record.get("question", record.get("id", "")))
