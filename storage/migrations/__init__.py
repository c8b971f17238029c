"""Alembic's environment and the revisions; `storage.migrate` runs them."""
