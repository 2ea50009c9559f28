"""The tables. One definition for every engine; nothing here is SQLite's own.

``articles`` are what a reader knows by an id; each has one or more ``readings``, of which one is current. A reading
owns its ``mentions`` and ``claims``, numbered in the order of the text. ``places`` are shared by all readings: the
key is made from all that is known of the place, so that a changed gazetteer adds rows and never rewrites old ones.
``place_hosts`` says which countries a place lies in; a sea is its own host. ``reviews`` are what people said of a
reading; rows are only ever added. They name words of the article, not a row of a reading, so that they outlive it.

Around them: ``originals`` are the bytes that an article was read from. ``feeds`` are what is watched, ``failures`` what
could not be fetched or read, one row a thing. ``signatures``, ``bands`` and ``stories`` find copies of one text:
derived, as are ``deployments`` with their ``deployment_claims``, which bring the claims of several articles together.
``joins`` are what people said of two claims, that they belong together or do not; they too are only ever added.
``due`` says what of the derived is not up to date.
"""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Date,
    DateTime,
    Dialect,
    Float,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    TypeDecorator,
    UniqueConstraint,
    false,
    text,
    true,
)

#: Raise by one with every change of a table, and add the step as ``store/migrations/versions/schema_N.py``.
SCHEMA = 3

metadata = MetaData()

#: A number of people or things. PostgreSQL's own would end at two thousand million, which a text may well say.
Number = Integer().with_variant(BigInteger(), "postgresql")


class Moment(TypeDecorator[datetime]):
    """An aware moment, kept as UTC; SQLite's own type would forget the zone."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        return None if value is None else value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        return None if value is None else value.replace(tzinfo=UTC)


notes = Table(
    "notes",
    metadata,
    Column("name", String, primary_key=True),
    Column("value", String, nullable=False),
    comment="what the store knows of itself: the schema's number, whether samples were offered",
)

articles = Table(
    "articles",
    metadata,
    Column("id", String, primary_key=True),
    Column("added", Moment, nullable=False),
)

readings = Table(
    "readings",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("article", ForeignKey("articles.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("current", Boolean, nullable=False),
    Column("saved", Moment, nullable=False),
    Column("made", Moment, nullable=False),
    Column("extractor", String, nullable=False),
    Column("gazetteer", String, nullable=False),
    Column("content", String, nullable=False, comment="Article.content: another one makes another reading"),
    Column("title", Text, nullable=False),
    Column("published", Date),
    Column("published_from", String, nullable=False),
    Column("source", Text),
    Column("url", Text),
    Column("language", String, nullable=False),
    Column("sample", Boolean, nullable=False),
    Column("retired", Moment, comment="when a person took it off the map; kept, and shown nowhere but by its id"),
    Column("retired_by", Text),
    Column("retired_reason", Text),
    # Last, so that SQLite need not go through them to reach the others.
    Column("text", Text, nullable=False),
    Column("folded", Text, nullable=False, comment="title, outlet and text as store.folding makes them, for search"),
    Index(
        "one_current_reading",
        "article",
        unique=True,
        sqlite_where=text("current"),
        postgresql_where=text("current"),
    ),
)

places = Table(
    "places",
    metadata,
    Column("id", String, primary_key=True, comment="fingerprint of all other columns"),
    Column("gazetteer_id", String, nullable=False, index=True),
    Column("name", Text, nullable=False),
    Column("kind", String, nullable=False),
    Column("lat", Float, nullable=False, comment="WGS 84 degrees"),
    Column("lon", Float, nullable=False, comment="WGS 84 degrees"),
    Column("radius_km", Float, nullable=False),
    Column("countries", JSON, nullable=False),
    Column("admin1", Text),
    Column("littoral", JSON, nullable=False),
    Column("disputed", Text),
)

place_hosts = Table(
    "place_hosts",
    metadata,
    Column("place", ForeignKey("places.id"), primary_key=True),
    Column("host", String, primary_key=True, index=True, comment="ISO 3166-1 alpha-3, or a sea's gazetteer id"),
    Column("label", Text, nullable=False),
)

mentions = Table(
    "mentions",
    metadata,
    Column("reading", ForeignKey("readings.id", ondelete="CASCADE"), primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("text", Text, nullable=False),
    Column("toponym", Text, nullable=False),
    Column("kind", String),
    Column("within", JSON, nullable=False),
    Column("relation", String),
    Column("bearing", String),
    Column("distance_km", Float),
    Column("certain", Boolean, nullable=False),
    Column("place", ForeignKey("places.id"), index=True),
    Column("score", Float, nullable=False),
    Column("candidates", JSON, nullable=False),
    Column("reason", Text, nullable=False),
    # Derived: where a reader put it, else ``place``, which is always the machine's.
    Column("shown", ForeignKey("places.id")),
)

claims = Table(
    "claims",
    metadata,
    Column("reading", ForeignKey("readings.id", ondelete="CASCADE"), primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("id", String, nullable=False, index=True),
    Column("actor", String, nullable=False),
    Column("asset", String, nullable=False),
    Column("status", String, nullable=False),
    Column("direction", String, nullable=False),
    Column("hedged", Boolean, nullable=False),
    Column("unit", Text),
    Column("quantity_low", Number),
    Column("quantity_high", Number),
    Column("quantity_of", String),
    Column("quantity_text", Text),
    Column("quantity_shared", Boolean, nullable=False),
    Column("date_start", String),
    Column("date_end", String),
    Column("date_text", Text),
    Column("speaker", Text, comment="Claim.source: who says so; the outlet is the reading's source"),
    Column("evidence_start", Integer, nullable=False),
    Column("evidence_end", Integer, nullable=False),
    Column("place_words_start", Integer),
    Column("place_words_end", Integer),
    Column("confidence", Float, nullable=False),
    Column("rule", String, nullable=False),
    Column("place_mention", Integer, nullable=False),
    Column("origin_mention", Integer),
    # Derived, for filtering: where the place's mention is shown, and the days that the claim may be about.
    Column("place", ForeignKey("places.id"), index=True),
    Column("day", Date, comment="first day of the event's date, else the publication's"),
    Column("last_day", Date, comment="last day that the event's date may mean"),
    Column("stated", Boolean, nullable=False, comment="whether the day is the event's own"),
    Column("by_reader", Boolean, nullable=False, server_default=false(), comment="whether a reader chose the place"),
    ForeignKeyConstraint(["reading", "place_mention"], ["mentions.reading", "mentions.position"]),
    ForeignKeyConstraint(["reading", "origin_mention"], ["mentions.reading", "mentions.position"]),
    Index("one_id_a_reading", "reading", "id", unique=True),
)

reviews = Table(
    "reviews",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("article", ForeignKey("articles.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("about", String, nullable=False, comment="what of the words is judged: place"),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("words", Text, nullable=False, comment="the article's words there, as the reviewer saw them"),
    Column("verdict", String, nullable=False, comment="protocol.Verdict"),
    Column("place", ForeignKey("places.id"), comment="where the verdict is chosen"),
    Column("reason", Text, nullable=False),
    Column("who", Text, nullable=False),
    Column("at", Moment, nullable=False),
)

# How articles come in

originals = Table(
    "originals",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("article", ForeignKey("articles.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("content", String, nullable=False, comment="readings.content of what was read from it"),
    Column("sha256", String, nullable=False, comment="of the bytes as they came, 64 hex digits"),
    Column("media_type", String, nullable=False),
    Column("name", Text, comment="of the file"),
    Column("address", Text, comment="where it came from in the end, after redirects"),
    Column("asked", Text, index=True, comment="the address that was asked for: a feed's link, say"),
    Column("retrieved", Moment, nullable=False),
    Column("headers", JSON, nullable=False, comment="those of the answer that matter, by their names in lower case"),
    Column("body", LargeBinary, nullable=False, comment="the bytes, compressed with zlib"),
    UniqueConstraint("article", "sha256", name="one_original_an_article"),
)

feeds = Table(
    "feeds",
    metadata,
    Column("address", String, primary_key=True),
    Column("title", Text),
    Column("etag", Text),
    Column("last_modified", Text, comment="as the server wrote it"),
    Column("added", Moment, nullable=False),
    Column("checked", Moment),
    Column("next_check", Moment),
    Column("failures", Integer, nullable=False, server_default=text("0"), comment="in a row"),
    Column("last_error", Text),
    Column("active", Boolean, nullable=False, server_default=true()),
)

failures = Table(
    "failures",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("what", Text, nullable=False, unique=True, comment="address or path"),
    Column("reason", Text, nullable=False),
    Column("at", Moment, nullable=False),
    Column("tries", Integer, nullable=False),
    Column("next_try", Moment, comment="NULL: given up, or only by hand"),
    Column("feed", ForeignKey("feeds.address", ondelete="CASCADE"), index=True),
)

# Copies of one text: derived from the current readings

signatures = Table(
    "signatures",
    metadata,
    Column("article", ForeignKey("articles.id", ondelete="CASCADE"), primary_key=True),
    Column("content", String, nullable=False, comment="readings.content that it was made of: another one is stale"),
    Column("words", Integer, nullable=False),
    Column("minhash", LargeBinary, nullable=False),
)

bands = Table(
    "bands",
    metadata,
    Column("band", Integer, primary_key=True),
    Column("value", String, primary_key=True),
    Column("article", ForeignKey("articles.id", ondelete="CASCADE"), primary_key=True, index=True),
)

stories = Table(
    "stories",
    metadata,
    Column("article", ForeignKey("articles.id", ondelete="CASCADE"), primary_key=True),
    Column("story", String, nullable=False, index=True, comment="smallest id of the articles that are copies"),
)

# Claims of several articles brought together: derived from the claims and the joins

deployments = Table(
    "deployments",
    metadata,
    Column("id", String, primary_key=True),
    Column("actor", String, nullable=False, index=True),
    Column("asset", String, nullable=False),
    Column("place", ForeignKey("places.id"), index=True),
    Column("status", String, nullable=False, comment="the last step of its course"),
    Column("first", Date, comment="day of the first report"),
    Column("last", Date, comment="day of the last one"),
    Column("low", Number),
    Column("high", Number),
    Column("counted", String, comment="what low and high count"),
    Column("sources", Integer, nullable=False, comment="independent ones: copies of one text are one"),
    Column("disputed", Boolean, nullable=False),
)

deployment_claims = Table(
    "deployment_claims",
    metadata,
    Column("deployment", ForeignKey("deployments.id", ondelete="CASCADE"), primary_key=True),
    Column("claim", String, primary_key=True, index=True),
    Column("reading", ForeignKey("readings.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("why", Text, nullable=False),
)

due = Table(
    "due",
    metadata,
    Column("actor", String, primary_key=True),
    Column("since", Date, nullable=False, comment="first day of publication to join again; 9999-12-31: those undated"),
    comment="actors whose deployments are not up to date",
)

joins = Table(
    "joins",
    metadata,
    Column("id", Integer, primary_key=True),
    # Not keys of claims: what was said holds again should a later reading find the same claim.
    Column("claim_a", String, nullable=False, index=True),
    Column("claim_b", String, nullable=False, index=True),
    Column("verdict", String, nullable=False, comment="together, apart or withdrawn"),
    Column("reason", Text, nullable=False),
    Column("who", Text, nullable=False),
    Column("at", Moment, nullable=False),
)

for _table in metadata.tables.values():
    for _column in _table.columns:
        if isinstance(_column.type, String):
            # Ordered by code point, as SQLite does, whatever the language of the server's database.
            _column.type = _column.type.with_variant(type(_column.type)(collation="C"), "postgresql")
