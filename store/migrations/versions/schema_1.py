"""Readings: what the first Garrison kept."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "1"
down_revision = None


def upgrade() -> None:
    op.create_table(
        "notes",
        sa.Column("name", sa.String, primary_key=True),
        sa.Column("value", sa.String, nullable=False),
    )
    op.create_table(
        "articles",
        sa.Column("id", sa.String, primary_key=True),
        sa.Column("added", sa.DateTime, nullable=False),
    )
    op.create_table(
        "readings",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("article", sa.String, sa.ForeignKey("articles.id", ondelete="CASCADE"), nullable=False),
        sa.Column("current", sa.Boolean, nullable=False),
        sa.Column("saved", sa.DateTime, nullable=False),
        sa.Column("made", sa.DateTime, nullable=False),
        sa.Column("extractor", sa.String, nullable=False),
        sa.Column("gazetteer", sa.String, nullable=False),
        sa.Column("content", sa.String, nullable=False),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("published", sa.Date),
        sa.Column("published_from", sa.String, nullable=False),
        sa.Column("source", sa.Text),
        sa.Column("url", sa.Text),
        sa.Column("language", sa.String, nullable=False),
        sa.Column("sample", sa.Boolean, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("folded", sa.Text, nullable=False),
    )
    op.create_index("ix_readings_article", "readings", ["article"])
    op.create_index(
        "one_current_reading",
        "readings",
        ["article"],
        unique=True,
        sqlite_where=sa.text("current"),
        postgresql_where=sa.text("current"),
    )
    _places()
    _mentions()
    _claims()


def _places() -> None:
    op.create_table(
        "places",
        sa.Column("id", sa.String, primary_key=True),
        sa.Column("gazetteer_id", sa.String, nullable=False, index=True),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("kind", sa.String, nullable=False),
        sa.Column("lat", sa.Float, nullable=False),
        sa.Column("lon", sa.Float, nullable=False),
        sa.Column("radius_km", sa.Float, nullable=False),
        sa.Column("countries", sa.JSON, nullable=False),
        sa.Column("admin1", sa.Text),
        sa.Column("littoral", sa.JSON, nullable=False),
        sa.Column("disputed", sa.Text),
    )
    op.create_table(
        "place_hosts",
        sa.Column("place", sa.String, sa.ForeignKey("places.id"), primary_key=True),
        sa.Column("host", sa.String, primary_key=True, index=True),
        sa.Column("label", sa.Text, nullable=False),
    )


def _mentions() -> None:
    op.create_table(
        "mentions",
        sa.Column("reading", sa.Integer, sa.ForeignKey("readings.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("position", sa.Integer, primary_key=True),
        sa.Column("start", sa.Integer, nullable=False),
        sa.Column("end", sa.Integer, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("toponym", sa.Text, nullable=False),
        sa.Column("kind", sa.String),
        sa.Column("within", sa.JSON, nullable=False),
        sa.Column("relation", sa.String),
        sa.Column("bearing", sa.String),
        sa.Column("distance_km", sa.Float),
        sa.Column("certain", sa.Boolean, nullable=False),
        sa.Column("place", sa.String, sa.ForeignKey("places.id"), index=True),
        sa.Column("score", sa.Float, nullable=False),
        sa.Column("candidates", sa.JSON, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
    )


def _claims() -> None:
    op.create_table(
        "claims",
        sa.Column("reading", sa.Integer, sa.ForeignKey("readings.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("position", sa.Integer, primary_key=True),
        sa.Column("id", sa.String, nullable=False, index=True),
        sa.Column("actor", sa.String, nullable=False),
        sa.Column("asset", sa.String, nullable=False),
        sa.Column("status", sa.String, nullable=False),
        sa.Column("direction", sa.String, nullable=False),
        sa.Column("hedged", sa.Boolean, nullable=False),
        sa.Column("unit", sa.Text),
        sa.Column("quantity_low", sa.Integer().with_variant(sa.BigInteger(), "postgresql")),
        sa.Column("quantity_high", sa.Integer().with_variant(sa.BigInteger(), "postgresql")),
        sa.Column("quantity_of", sa.String),
        sa.Column("quantity_text", sa.Text),
        sa.Column("quantity_shared", sa.Boolean, nullable=False),
        sa.Column("date_start", sa.String),
        sa.Column("date_end", sa.String),
        sa.Column("date_text", sa.Text),
        sa.Column("speaker", sa.Text),
        sa.Column("evidence_start", sa.Integer, nullable=False),
        sa.Column("evidence_end", sa.Integer, nullable=False),
        sa.Column("place_words_start", sa.Integer),
        sa.Column("place_words_end", sa.Integer),
        sa.Column("confidence", sa.Float, nullable=False),
        sa.Column("rule", sa.String, nullable=False),
        sa.Column("place_mention", sa.Integer, nullable=False),
        sa.Column("origin_mention", sa.Integer),
        sa.Column("place", sa.String, sa.ForeignKey("places.id"), index=True),
        sa.Column("day", sa.Date),
        sa.Column("last_day", sa.Date),
        sa.Column("stated", sa.Boolean, nullable=False),
        sa.ForeignKeyConstraint(["reading", "place_mention"], ["mentions.reading", "mentions.position"]),
        sa.ForeignKeyConstraint(["reading", "origin_mention"], ["mentions.reading", "mentions.position"]),
    )
    op.create_index("one_id_a_reading", "claims", ["reading", "id"], unique=True)
