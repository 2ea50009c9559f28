"""A process that works on a store until it is killed: ``python -m tests.soak.worker ROLE NAME URL LOG``.

A writer says in its log what it is about to do and what is done, so that after a kill one knows what must be there, and
what may be. Started again it goes on where the log ends, and does nothing twice.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import select

from records import ClaimFilter, Reading
from store import open_store
from store.sql import SqlStore
from store.tables import readings
from tests.readings import LITHUANIA, MALI, ROMANIA, Said, reading

#: Every step adds an article; every so many-th also reviews it, or removes an earlier one.
REVIEWS, REMOVES, BACK = 5, 7, 3
ALL = ClaimFilter()
#: Superseded by both writers, again and again.
SHARED = "shared"


@dataclass(frozen=True)
class Log:
    path: Path

    def write(self, word: str, number: int) -> None:
        with self.path.open("a", encoding="utf-8") as file:
            file.write(f"{word} {number}\n")

    def last(self, word: str) -> int:
        """The number that was last written with the word; 0 for none."""
        if not self.path.exists():
            return 0
        # A kill may cut the last line short.
        lines = self.path.read_text(encoding="utf-8").splitlines(keepends=True)
        return max((int(line.split()[1]) for line in lines if line.startswith(word) and line.endswith("\n")), default=0)


def two_claims(id: str, title: str) -> Reading:
    return reading(
        Said("Germany has 500 soldiers in Lithuania.", "DEU", "Lithuania", LITHUANIA),
        Said("France sends fighters to Romania.", "FRA", "Romania", ROMANIA, asset="air"),
        id=id,
        title=title,
    )


def write(store: SqlStore, name: str, log: Log, *, until: int | None = None) -> None:
    number = log.last("done") + 1
    while until is None or number <= until:
        log.write("begin", number)
        step(store, name, number)
        log.write("done", number)
        number += 1


def step(store: SqlStore, name: str, number: int) -> None:
    """Each part once, though a kill may have come between the parts."""
    own = two_claims(f"{name}-{number}", f"{name} {number}")
    store.save(own)
    if own.article.title not in titles(store, SHARED):
        store.save(two_claims(SHARED, own.article.title))
    if number % REVIEWS == 0 and not store.reviews(own.article.id):
        store.review_place(own.article.id, own.claims[0].place.span, MALI, who=name)
    earlier = f"{name}-{number - BACK}"
    if number % REMOVES == 0 and store.article(earlier):
        store.remove([earlier])


def titles(store: SqlStore, article: str) -> list[str]:
    """Of all readings, in the order in which they were saved."""
    with store._reading.begin() as connection:
        of_article = select(readings.c.title).where(readings.c.article == article).order_by(readings.c.id)
        return list(connection.execute(of_article).scalars())


def read(store: SqlStore, log: Log) -> None:
    """Whatever moment it is, what is seen is whole."""
    seen = number = 0
    while True:
        number += 1
        summary = store.summary(ALL)
        assert summary.total == summary.shown == 2 * summary.articles, summary
        assert summary.total == sum(mark.count for mark in summary.marks), summary
        shared = store.article(SHARED)
        if shared:
            assert len(shared.reading.claims) == 2
            assert len(shared.earlier) >= seen
            seen = len(shared.earlier)
        log.write("read", number)


if __name__ == "__main__":
    role, own_name, url, path = sys.argv[1:]
    if role == "write":
        write(open_store(url), own_name, Log(Path(path)))
    else:
        read(open_store(url), Log(Path(path)))
