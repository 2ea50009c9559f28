"""Whether a store is sound: every fault that can be told without reading the articles anew.

An engine keeps its own rules as long as nobody goes round it. What it does not know of is looked at here: that offsets
lead to the words that are kept with them, and that what is derived still follows from what it was derived from.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from hashlib import sha256

from sqlalchemy import Connection, ForeignKeyConstraint, RowMapping, and_, exists, func, not_, select, tuple_

from records import Article, EventDate
from store.folding import fold
from store.rows import article_of, days_of, host_rows, place_key, place_of
from store.tables import articles, claims, mentions, metadata, originals, place_hosts, places, readings, reviews

#: Readings looked at in one go: texts may be long.
_BATCH = 200


def faults_of(connection: Connection) -> Iterator[str]:
    """Each fault in one line, as it is found. Needs no more than a snapshot for reading."""
    yield from _of_the_engine(connection)
    yield from _orphans(connection)
    yield from _articles(connection)
    yield from _places(connection)
    yield from _readings(connection)
    yield from _claims_and_mentions(connection)
    yield from _originals(connection)


def _of_the_engine(connection: Connection) -> Iterator[str]:
    if connection.dialect.name == "sqlite":
        for (word,) in connection.exec_driver_sql("PRAGMA integrity_check"):
            if word != "ok":
                yield f"the file is damaged: {word}"


def _orphans(connection: Connection) -> Iterator[str]:
    """Rows that point to what is not there."""
    for table in metadata.sorted_tables:
        for key in table.constraints:
            if not isinstance(key, ForeignKeyConstraint):
                continue
            target = key.referred_table.alias()
            own = [element.parent for element in key.elements]
            there = and_(*(target.c[one.column.name] == one.parent for one in key.elements))
            lost = select(func.count()).select_from(table).where(*(column.is_not(None) for column in own))
            if count := connection.execute(lost.where(not_(exists().where(there)))).scalar_one():
                names = ", ".join(column.name for column in own)
                yield f"{table.name}: {count} rows whose {names} is not in {key.referred_table.name}"


def _articles(connection: Connection) -> Iterator[str]:
    current = exists().where(readings.c.article == articles.c.id, readings.c.current)
    for id in connection.execute(select(articles.c.id).where(not_(current))).scalars():
        yield f"article {id}: no current reading"


def _places(connection: Connection) -> Iterator[str]:
    hosts: dict[str, set[tuple[str, str]]] = {}
    for place, host, label in connection.execute(select(place_hosts)):
        hosts.setdefault(place, set()).add((host, label))
    for row in connection.execute(select(places)).mappings():
        place = place_of(row)
        if place_key(place) != row["id"]:
            yield f"place {row['id']} ({place.name}): its key does not follow from its columns"
        elif {(str(one["host"]), str(one["label"])) for one in host_rows(place)} != hosts.get(row["id"], set()):
            yield f"place {row['id']} ({place.name}): its hosts do not follow from its countries"


def _readings(connection: Connection) -> Iterator[str]:
    """Each reading with the words that its offsets lead to."""
    last = 0
    while True:
        batch = select(readings).where(readings.c.id > last).order_by(readings.c.id).limit(_BATCH)
        rows = {row["id"]: row for row in connection.execute(batch).mappings()}
        if not rows:
            return
        for row in rows.values():
            yield from _of_a_reading(row, article_of(row))
        for mention in connection.execute(select(mentions).where(mentions.c.reading.in_(rows))).mappings():
            words = rows[mention["reading"]]["text"][mention["start"] : mention["end"]]
            if words != mention["text"]:
                yield f"{_named(mention, 'mention')}: {mention['text']!r} is {words!r} in the text"
        for claim in connection.execute(select(claims).where(claims.c.reading.in_(rows))).mappings():
            yield from _of_a_claim(claim, rows[claim["reading"]])
        last = max(rows)


def _of_a_reading(row: RowMapping, article: Article) -> Iterator[str]:
    if article.content != row["content"]:
        yield f"reading {row['id']} of article {article.id}: its text is not the one that it was kept with"
    if fold(f"{article.title}\n{article.source or ''}\n{article.text}") != row["folded"]:
        yield f"reading {row['id']} of article {article.id}: search looks through other words than its text's"


def _of_a_claim(claim: RowMapping, reading: RowMapping) -> Iterator[str]:
    for name in ("evidence", "place_words"):
        start, end = claim[f"{name}_start"], claim[f"{name}_end"]
        if start is not None and not 0 <= start < end <= len(reading["text"]):
            yield f"{_named(claim, 'claim')}: its {name} at {start} to {end} is not in the text"
    event = None
    if claim["date_start"] is not None:
        event = EventDate(claim["date_start"], claim["date_end"], claim["date_text"])
    days = (*days_of(event, reading["published"]), event is not None)
    if days != (claim["day"], claim["last_day"], claim["stated"]):
        yield f"{_named(claim, 'claim')}: its days do not follow from its date"


def _claims_and_mentions(connection: Connection) -> Iterator[str]:
    """Where claims and mentions are shown: where the last review on the words says, else where the machine does."""
    on_mention = and_(claims.c.reading == mentions.c.reading, claims.c.place_mention == mentions.c.position)
    elsewhere = claims.c.place.is_distinct_from(mentions.c.shown)
    joined = claims.join(mentions, on_mention)
    for row in connection.execute(select(claims).select_from(joined).where(elsewhere)).mappings():
        yield f"{_named(row, 'claim')}: it is shown elsewhere than its place's words"

    verdicts: dict[tuple[object, ...], str] = {}
    said = select(reviews).where(reviews.c.about == "place").order_by(reviews.c.id)
    for row in connection.execute(said).mappings():
        verdicts[row["article"], row["start"], row["end"], row["words"]] = row["verdict"]
    of_readers = {words for words, verdict in verdicts.items() if verdict != "withdrawn"}

    moved = mentions.c.shown.is_distinct_from(mentions.c.place)
    words = tuple_(readings.c.article, mentions.c.start, mentions.c.end, mentions.c.text)
    with_reading = mentions.join(readings, mentions.c.reading == readings.c.id)
    shown = select(mentions.c.reading, mentions.c.position, *words.clauses).select_from(with_reading)
    for reading, position, *own in connection.execute(shown.where(readings.c.current, moved)):
        if tuple(own) not in of_readers:
            yield f"mention {position} of reading {reading}: shown elsewhere than placed, and no reader said so"
    claimed = select(claims.c.by_reader, claims.c.reading, claims.c.position, *words.clauses)
    claimed = claimed.select_from(with_reading.join(claims, on_mention)).where(readings.c.current)
    for by_reader, reading, position, *own in connection.execute(claimed):
        if by_reader != (tuple(own) in of_readers):
            yield f"claim {position} of reading {reading}: whether a reader placed it is not what the reviews say"


def _originals(connection: Connection) -> Iterator[str]:
    last = 0
    while True:
        row = connection.execute(select(originals).where(originals.c.id > last).order_by(originals.c.id)).first()
        if row is None:
            return
        try:
            whole = sha256(zlib.decompress(row.body)).hexdigest() == row.sha256
        except zlib.error:
            whole = False
        if not whole:
            yield f"original {row.id} of article {row.article}: its bytes are not those that were kept"
        last = row.id


def _named(row: RowMapping, what: str) -> str:
    return f"{what} {row['position']} of reading {row['reading']}"
