"""The database itself refuses to change or delete an entry: no program does it by mistake."""

from alembic import op

revision = "0003"
down_revision = "0002"

SQLITE = """
CREATE TRIGGER ledger_entries_{verb} BEFORE {verb} ON ledger_entries
BEGIN SELECT RAISE(ABORT, 'entries of a ledger are never changed'); END
"""
POSTGRESQL = (
    """
CREATE FUNCTION ledger_entries_stay() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION 'entries of a ledger are never changed'; END $$
""",
    """
CREATE TRIGGER ledger_entries_stay BEFORE UPDATE OR DELETE ON ledger_entries
FOR EACH ROW EXECUTE FUNCTION ledger_entries_stay()
""",
    """
CREATE TRIGGER ledger_entries_stay_all BEFORE TRUNCATE ON ledger_entries
FOR EACH STATEMENT EXECUTE FUNCTION ledger_entries_stay()
""",
)


def upgrade() -> None:
    """Make the triggers."""
    if op.get_bind().dialect.name == "sqlite":
        for verb in ("UPDATE", "DELETE"):
            op.execute(SQLITE.format(verb=verb))
        return
    for statement in POSTGRESQL:
        op.execute(statement)
