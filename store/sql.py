"""The store on SQL, whatever the engine."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import ColumnElement, Connection, Engine, RowMapping, Table, and_, delete, func, insert, select, update

from errors import NotFoundError, StoreError
from records import Article, ClaimFilter, Mention, Original, Place, Placement, Reading, Span
from store.checking import faults_of
from store.copies import unsign
from store.deployments import Deployments
from store.feeds import Failures, Feeds
from store.filters import SHOWN, of_articles
from store.joining import note
from store.migrations import create, schema_of
from store.originals import Originals, keep_original
from store.places import find_places, insert_places
from store.protocol import PlaceReview, Retirement, Saved, StoredArticle, StoredClaim, Summary
from store.retiring import MARK, mark_of, reinstate, retire, retirement_of
from store.reviews import apply_reviews, choose_place, reviews_of, withdraw
from store.rows import article_of, claim_of, claim_row, mention_row, placement_of, placement_row, reading_row
from store.summary import summarise
from store.tables import SCHEMA, articles, claims, mentions, notes, originals, readings, reviews
from store.transfer import copy_rows

if TYPE_CHECKING:
    from geopandas import GeoDataFrame

ABSENT = "no store there; add articles first (garrison add), or name another one with --store"


class SqlStore:
    """Readings in the tables of ``store.tables``. See ``store.protocol.Store`` for what each method answers."""

    def __init__(self, engine: Engine, *, renew: Callable[[], None], create: bool = True) -> None:
        """Makes the tables in an empty database if ``create``; one of an older version ``renew`` brings up to date.

        Raises StoreError for one of a newer version, or not a store's.
        """
        self._renew = renew
        self._writing = engine
        self._reading = engine.execution_options(only_reads=True)
        self._prepare(create)

    def close(self) -> None:
        """Let go of all connections; another call opens them again."""
        self._writing.dispose()

    @property
    def file(self) -> Path | None:
        """The file that holds the store; None where a server does."""
        url = self._writing.url
        return Path(str(url.database)) if url.get_backend_name() == "sqlite" else None

    @property
    def feeds(self) -> Feeds:
        return Feeds(self._reading, self._writing)

    @property
    def failures(self) -> Failures:
        return Failures(self._reading, self._writing)

    @property
    def deployments(self) -> Deployments:
        return Deployments(self._reading, self._writing)

    @property
    def originals(self) -> Originals:
        return Originals(self._reading)

    def _prepare(self, allowed: bool) -> None:
        with self._reading.begin() as connection:
            known = schema_of(connection)
        if known is None and not allowed:
            raise StoreError(f"{self._writing.url.database}: {ABSENT}")
        if known is None:
            # Looked at again within the transaction: another process may be making the tables too.
            with self._writing.begin() as connection:
                if schema_of(connection) is None:
                    create(connection)
        elif known < SCHEMA:
            self.close()
            self._renew()

    # Writing: each in one transaction

    def save(self, reading: Reading, original: Original | None = None) -> Saved:
        with self._writing.begin() as connection:
            saved = self._save(connection, reading)
            if original is not None:
                keep_original(connection, reading.article.id, reading.article.content, original)
            return saved

    def keep(self, article: Article, original: Original) -> None:
        """Keep one more original of an article that the store holds."""
        with self._writing.begin() as connection:
            keep_original(connection, article.id, article.content, original)

    def _save(self, connection: Connection, reading: Reading) -> Saved:
        if _is_current(connection, reading.article, reading.extractor):
            return "unchanged"
        now = datetime.now(UTC)
        known = connection.execute(select(articles.c.id).where(articles.c.id == reading.article.id)).first()
        if not known:
            connection.execute(insert(articles).values(id=reading.article.id, added=now))
        mark, own = mark_of(connection, reading.article.id), _current_of([reading.article.id])
        note(connection, own)
        connection.execute(update(readings).where(readings.c.article == reading.article.id).values(current=False))
        _insert_reading(connection, reading, {"current": True, "saved": now, **mark})
        note(connection, own)
        return "superseded" if known else "added"

    def remove(self, articles_: Iterable[str]) -> int:
        wanted = set(articles_)
        with self._writing.begin() as connection:
            there = set(connection.execute(select(articles.c.id).where(articles.c.id.in_(wanted))).scalars())
            if missing := sorted(wanted - there):
                raise NotFoundError(f"{missing[0]}: no article of this id in the store; nothing was removed")
            _take_away(connection, wanted)
        return len(wanted)

    def retire(self, article: str, *, who: str, reason: str) -> Retirement:
        with self._writing.begin() as connection:
            note(connection, _current_of([article]))
            return retire(connection, article, who=who, reason=reason)

    def reinstate(self, article: str) -> None:
        with self._writing.begin() as connection:
            reinstate(connection, article)
            note(connection, _current_of([article]))

    def remove_samples(self) -> int:
        with self._writing.begin() as connection:
            samples = select(readings.c.article).where(readings.c.current, readings.c.sample)
            there = set(connection.execute(samples).scalars())
            _take_away(connection, there)
        return len(there)

    def relocate(self, place: Callable[[Article, Sequence[Mention]], Sequence[Placement]], gazetteer: str) -> int:
        """Each article in a transaction of its own, so that others may write meanwhile and an end half-way is safe."""
        with self._reading.begin() as connection:
            current = connection.execute(select(readings.c.id).where(readings.c.current).order_by(readings.c.id))
            ids = current.scalars().all()
        return sum(self._relocate_one(id, place, gazetteer) for id in ids)

    def _relocate_one(
        self, id: int, place: Callable[[Article, Sequence[Mention]], Sequence[Placement]], gazetteer: str
    ) -> int:
        with self._reading.begin() as connection:
            row = connection.execute(select(readings).where(readings.c.id == id)).mappings().first()
            if row is None:
                return 0  # removed meanwhile
            before = _placements(connection, id)
        article = article_of(row)
        after = place(article, [placement.mention for placement in before.values()])
        if [one.mention.span for one in after] != [one.mention.span for one in before.values()]:
            raise StoreError(f"article {article.id}: the placements do not answer the mentions one to one")
        changed = {at: new for (at, old), new in zip(before.items(), after, strict=True) if old != new}
        with self._writing.begin() as connection:
            insert_places(connection, (one.place for one in changed.values() if one.place))
            for position, placement in changed.items():
                _replace(connection, id, position, placement)
            apply_reviews(connection, id, article.id)
            if changed:
                note(connection, readings.c.id == id)
            connection.execute(update(readings).where(readings.c.id == id).values(gazetteer=gazetteer))
        return len(changed)

    def review_place(
        self,
        article: str,
        span: Span,
        place: Place | None,
        *,
        who: str,
        reason: str = "",
        instead_of: int | None = None,
    ) -> PlaceReview:
        with self._writing.begin() as connection:
            note(connection, _current_of([article]))
            return choose_place(connection, article, span, place, who=who, reason=reason, instead_of=instead_of)

    def withdraw_review(self, review: int, *, who: str, reason: str = "") -> PlaceReview:
        with self._writing.begin() as connection:
            taken_back = withdraw(connection, review, who=who, reason=reason)
            note(connection, _current_of([taken_back.article]))
            return taken_back

    def note(self, name: str, value: str) -> None:
        with self._writing.begin() as connection:
            connection.execute(delete(notes).where(notes.c.name == name))
            connection.execute(insert(notes).values(name=name, value=value))

    def copy_from(self, other: SqlStore) -> None:
        """Put all that another store holds in the place of what this one does, in one transaction."""
        with other._reading.begin() as rows, self._writing.begin() as place:
            copy_rows(rows, place)

    # Reading

    def faults(self) -> Iterator[str]:
        """What is not as it should be, one line each, as it is found; see ``store.checking``."""
        with self._reading.begin() as connection:
            yield from faults_of(connection)

    def count(self) -> dict[str, int]:
        """How many rows there are of what people ask for."""
        asked = (articles, readings, claims, reviews, originals)
        with self._reading.begin() as connection:
            return {
                table.name: connection.execute(select(func.count()).select_from(table)).scalar_one() for table in asked
            }

    def noted(self, name: str) -> str | None:
        with self._reading.begin() as connection:
            return connection.execute(select(notes.c.value).where(notes.c.name == name)).scalar()

    def read_otherwise(self, extractor: str) -> Sequence[str]:
        """The ids of articles whose current reading was made by another extractor, oldest reading first."""
        otherwise = select(readings.c.article).where(readings.c.current, readings.c.extractor != extractor)
        with self._reading.begin() as connection:
            return connection.execute(otherwise.order_by(readings.c.id)).scalars().all()

    def holds(self, article: Article, extractor: str) -> bool:
        with self._reading.begin() as connection:
            return _is_current(connection, article, extractor)

    def summary(self, wanted: ClaimFilter) -> Summary:
        with self._reading.begin() as connection:
            return summarise(connection, wanted)

    def claims(self, wanted: ClaimFilter, *, limit: int | None = None, offset: int = 0) -> GeoDataFrame:
        from store.frame import frame  # geopandas takes most of a second to import

        with self._reading.begin() as connection:
            return frame(connection, wanted, limit=limit, offset=offset)

    def claim(self, id: str) -> StoredClaim | None:
        with self._reading.begin() as connection:
            joined = claims.join(readings, claims.c.reading == readings.c.id)
            row = connection.execute(
                select(claims.c.reading, claims.c.position, claims.c.place)
                .select_from(joined)
                .where(claims.c.id == id, readings.c.current)
                .order_by(claims.c.reading)
            ).first()
            if row is None:
                return None
            reading = _reading(connection, row.reading)
            claim = reading.claims[row.position]
            return StoredClaim(
                claim=claim,
                article=reading.article,
                placement=reading.placement_of(claim.place),
                extractor=reading.extractor,
                shown=find_places(connection, [row.place]).get(row.place) if row.place else None,
                reviews=tuple(
                    one
                    for one in reviews_of(connection, reading.article.id)
                    if (one.span, one.words) == (claim.place.span, claim.place.text)
                ),
            )

    def reviews(self, article: str) -> Sequence[PlaceReview]:
        with self._reading.begin() as connection:
            return reviews_of(connection, article)

    def article(self, id: str) -> StoredArticle | None:
        with self._reading.begin() as connection:
            added = connection.execute(select(articles.c.added).where(articles.c.id == id)).scalar()
            if added is None:
                return None
            of_article = select(readings.c.id, readings.c.current, readings.c.saved, *MARK).where(
                readings.c.article == id
            )
            rows = connection.execute(of_article.order_by(readings.c.id)).mappings().all()
            current = next(row for row in rows if row["current"])
            earlier = tuple(row["saved"] for row in rows if not row["current"])
            return StoredArticle(_reading(connection, current["id"]), added, earlier, retirement_of(current))

    def mentions(self, wanted: ClaimFilter) -> Sequence[Placement]:
        chosen = select(readings.c.id).where(SHOWN, *of_articles(wanted))
        claimed = select(claims.c.place).where(claims.c.reading.in_(chosen), claims.c.place.is_not(None))
        with self._reading.begin() as connection:
            found = connection.execute(
                select(mentions)
                .where(mentions.c.reading.in_(chosen), mentions.c.shown.not_in(claimed))
                .order_by(mentions.c.reading, mentions.c.position)
            ).mappings()
            first_of_place: dict[str, RowMapping] = {}
            for row in found:
                first_of_place.setdefault(row["shown"], row)
            known = find_places(connection, first_of_place)
            return [placement_of(row, known[key]) for key, row in first_of_place.items()]


def _current_of(articles_: Iterable[str]) -> ColumnElement[bool]:
    return and_(readings.c.current, readings.c.article.in_(articles_))


def _take_away(connection: Connection, articles_: set[str]) -> None:
    """What is derived of them and others is noted to be made again, while they are there."""
    note(connection, _current_of(articles_))
    unsign(connection, articles_)
    connection.execute(delete(articles).where(articles.c.id.in_(articles_)))


def _is_current(connection: Connection, article: Article, extractor: str) -> bool:
    same = select(readings.c.id).where(
        readings.c.article == article.id,
        readings.c.current,
        readings.c.content == article.content,
        readings.c.extractor == extractor,
    )
    return connection.execute(same).first() is not None


def _insert_reading(connection: Connection, reading: Reading, own: dict[str, object]) -> None:
    """``own`` are the store's columns beside the record's."""
    values = {**reading_row(reading), **own}
    id = connection.execute(insert(readings).values(values).returning(readings.c.id)).scalar_one()
    positions = {placement.mention.span: at for at, placement in enumerate(reading.placements)}
    insert_places(connection, (one.place for one in reading.placements if one.place))
    _insert_all(
        connection,
        mentions,
        [{"reading": id, **mention_row(at, one)} for at, one in enumerate(reading.placements)],
    )
    _insert_all(
        connection,
        claims,
        [{"reading": id, **claim_row(at, one, reading, positions)} for at, one in enumerate(reading.claims)],
    )
    apply_reviews(connection, id, reading.article.id)


def _insert_all(connection: Connection, table: Table, values: list[dict[str, object]]) -> None:
    if values:
        connection.execute(insert(table), values)


def _replace(connection: Connection, reading: int, position: int, placement: Placement) -> None:
    row = placement_row(placement)
    at_mention = (mentions.c.reading == reading) & (mentions.c.position == position)
    on_mention = (claims.c.reading == reading) & (claims.c.place_mention == position)
    connection.execute(update(mentions).where(at_mention).values(row))
    connection.execute(update(claims).where(on_mention).values(place=row["shown"]))


def _reading(connection: Connection, id: int) -> Reading:
    row = connection.execute(select(readings).where(readings.c.id == id)).mappings().one()
    placements = _placements(connection, id)
    by_position = {at: placement.mention for at, placement in placements.items()}
    claim_rows = connection.execute(select(claims).where(claims.c.reading == id).order_by(claims.c.position))
    return Reading(
        article=article_of(row),
        placements=tuple(placements.values()),
        claims=tuple(claim_of(one, by_position) for one in claim_rows.mappings()),
        extractor=row["extractor"],
        gazetteer=row["gazetteer"],
        made=row["made"],
    )


def _placements(connection: Connection, reading: int) -> dict[int, Placement]:
    found = (
        connection.execute(select(mentions).where(mentions.c.reading == reading).order_by(mentions.c.position))
        .mappings()
        .all()
    )
    known = find_places(connection, {row["place"] for row in found if row["place"]})
    return {row["position"]: placement_of(row, known.get(row["place"])) for row in found}
