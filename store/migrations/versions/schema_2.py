"""Readers choose places."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "2"
down_revision = "1"


def upgrade() -> None:
    op.create_table(
        "reviews",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("article", sa.String, sa.ForeignKey("articles.id", ondelete="CASCADE"), nullable=False, index=True),
        sa.Column("about", sa.String, nullable=False),
        sa.Column("start", sa.Integer, nullable=False),
        sa.Column("end", sa.Integer, nullable=False),
        sa.Column("words", sa.Text, nullable=False),
        sa.Column("verdict", sa.String, nullable=False),
        sa.Column("place", sa.String, sa.ForeignKey("places.id")),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("who", sa.Text, nullable=False),
        sa.Column("at", sa.DateTime, nullable=False),
    )
    # In words, because both engines take the key along with the column in these, and SQLite in no others.
    op.execute("ALTER TABLE mentions ADD COLUMN shown VARCHAR REFERENCES places (id)")
    op.execute("UPDATE mentions SET shown = place")
    op.add_column("claims", sa.Column("by_reader", sa.Boolean, nullable=False, server_default=sa.false()))
