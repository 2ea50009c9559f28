"""An archive: originals, feeds, copies of one text, deployments, and articles taken off the map."""

from __future__ import annotations

from datetime import date

import sqlalchemy as sa
from alembic import op

revision = "3"
down_revision = "2"


def upgrade() -> None:
    op.add_column("readings", sa.Column("retired", sa.DateTime))
    op.add_column("readings", sa.Column("retired_by", sa.Text))
    op.add_column("readings", sa.Column("retired_reason", sa.Text))
    _sources()
    _copies()
    _deployments()


def _sources() -> None:
    op.create_table(
        "originals",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("article", sa.String, sa.ForeignKey("articles.id", ondelete="CASCADE"), nullable=False, index=True),
        sa.Column("content", sa.String, nullable=False),
        sa.Column("sha256", sa.String, nullable=False),
        sa.Column("media_type", sa.String, nullable=False),
        sa.Column("name", sa.Text),
        sa.Column("address", sa.Text),
        sa.Column("asked", sa.Text, index=True),
        sa.Column("retrieved", sa.DateTime, nullable=False),
        sa.Column("headers", sa.JSON, nullable=False),
        sa.Column("body", sa.LargeBinary, nullable=False),
        sa.UniqueConstraint("article", "sha256", name="one_original_an_article"),
    )
    op.create_table(
        "feeds",
        sa.Column("address", sa.String, primary_key=True),
        sa.Column("title", sa.Text),
        sa.Column("etag", sa.Text),
        sa.Column("last_modified", sa.Text),
        sa.Column("added", sa.DateTime, nullable=False),
        sa.Column("checked", sa.DateTime),
        sa.Column("next_check", sa.DateTime),
        sa.Column("failures", sa.Integer, nullable=False, server_default=sa.text("0")),
        sa.Column("last_error", sa.Text),
        sa.Column("active", sa.Boolean, nullable=False, server_default=sa.true()),
    )
    op.create_table(
        "failures",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("what", sa.Text, nullable=False, unique=True),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("at", sa.DateTime, nullable=False),
        sa.Column("tries", sa.Integer, nullable=False),
        sa.Column("next_try", sa.DateTime),
        sa.Column("feed", sa.String, sa.ForeignKey("feeds.address", ondelete="CASCADE"), index=True),
    )


def _copies() -> None:
    op.create_table(
        "signatures",
        sa.Column("article", sa.String, sa.ForeignKey("articles.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("content", sa.String, nullable=False),
        sa.Column("words", sa.Integer, nullable=False),
        sa.Column("minhash", sa.LargeBinary, nullable=False),
    )
    op.create_table(
        "bands",
        sa.Column("band", sa.Integer, primary_key=True),
        sa.Column("value", sa.String, primary_key=True),
        sa.Column("article", sa.String, sa.ForeignKey("articles.id", ondelete="CASCADE"), primary_key=True, index=True),
    )
    op.create_table(
        "stories",
        sa.Column("article", sa.String, sa.ForeignKey("articles.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("story", sa.String, nullable=False, index=True),
    )


def _deployments() -> None:
    op.create_table(
        "deployments",
        sa.Column("id", sa.String, primary_key=True),
        sa.Column("actor", sa.String, nullable=False, index=True),
        sa.Column("asset", sa.String, nullable=False),
        sa.Column("place", sa.String, sa.ForeignKey("places.id"), index=True),
        sa.Column("status", sa.String, nullable=False),
        sa.Column("first", sa.Date),
        sa.Column("last", sa.Date),
        sa.Column("low", sa.Integer().with_variant(sa.BigInteger(), "postgresql")),
        sa.Column("high", sa.Integer().with_variant(sa.BigInteger(), "postgresql")),
        sa.Column("counted", sa.String),
        sa.Column("sources", sa.Integer, nullable=False),
        sa.Column("disputed", sa.Boolean, nullable=False),
    )
    op.create_table(
        "deployment_claims",
        sa.Column("deployment", sa.String, sa.ForeignKey("deployments.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("claim", sa.String, primary_key=True, index=True),
        sa.Column("reading", sa.Integer, sa.ForeignKey("readings.id", ondelete="CASCADE"), nullable=False, index=True),
        sa.Column("why", sa.Text, nullable=False),
    )
    due = op.create_table(
        "due",
        sa.Column("actor", sa.String, primary_key=True),
        sa.Column("since", sa.Date, nullable=False),
    )
    # Bound as a day, which each engine writes its own way.
    actors = sa.select(sa.column("actor")).select_from(sa.table("claims")).distinct().subquery()
    op.execute(sa.insert(due).from_select(["actor", "since"], sa.select(actors, sa.literal(date.min, sa.Date))))
    op.create_table(
        "joins",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("claim_a", sa.String, nullable=False, index=True),
        sa.Column("claim_b", sa.String, nullable=False, index=True),
        sa.Column("verdict", sa.String, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("who", sa.Text, nullable=False),
        sa.Column("at", sa.DateTime, nullable=False),
    )
