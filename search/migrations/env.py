"""What alembic runs for each command: over the connection, and in the transaction, that the caller gave."""

from alembic import context

from auth.database import metadata

connection = context.config.attributes["connection"]
context.configure(connection=connection, target_metadata=metadata, transaction_per_migration=False)
context.run_migrations()
