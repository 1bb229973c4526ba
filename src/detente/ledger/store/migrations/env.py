"""What Alembic runs: the migrations, on the connection and in the transaction we hand it."""

from alembic import context

context.configure(**context.config.attributes)
with context.begin_transaction():
    context.run_migrations()
