"""What Alembic runs: the steps, on the connection that ``store.migrations`` hands over, in the transaction it is in."""

from __future__ import annotations

from alembic import context

from store.tables import metadata

context.configure(connection=context.config.attributes["connection"], target_metadata=metadata)
context.run_migrations()
