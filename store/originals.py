"""The raw things that articles were read from: kept once an article, compressed, found again by article or address."""

from __future__ import annotations

import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePath

from sqlalchemy import Connection, Engine, func, insert, select

from records import Original
from store.parts import in_parts
from store.tables import originals


@dataclass(frozen=True, slots=True)
class Originals:
    """What is kept of originals; ``SqlStore.save`` keeps one with its reading, in one transaction."""

    engine: Engine

    def of(self, article: str) -> tuple[Original, ...]:
        """All of an article, as they were retrieved; the last one is what its newest text was read from."""
        chosen = select(originals).where(originals.c.article == article).order_by(originals.c.retrieved, originals.c.id)
        with self.engine.begin() as connection:
            return tuple(
                Original(
                    body=zlib.decompress(row["body"]),
                    retrieved=row["retrieved"],
                    media_type=row["media_type"],
                    name=row["name"],
                    address=row["address"],
                    asked=row["asked"],
                    headers=tuple(sorted(row["headers"].items())),
                )
                for row in connection.execute(chosen).mappings()
            )

    def asked(self, articles: Iterable[str]) -> tuple[str, ...]:
        """The addresses that these articles were asked for at."""
        found: set[str] = set()
        with self.engine.begin() as connection:
            for some in in_parts(articles):
                asked = select(originals.c.asked).where(originals.c.article.in_(some), originals.c.asked.is_not(None))
                found.update(connection.execute(asked).scalars())
        return tuple(sorted(found))

    def retrieved(self, asked: Iterable[str]) -> dict[str, datetime]:
        """When what is at these addresses was last retrieved; those that never were are left out."""
        found: dict[str, datetime] = {}
        with self.engine.begin() as connection:
            for some in in_parts(asked):
                last = select(originals.c.asked, func.max(originals.c.retrieved)).where(originals.c.asked.in_(some))
                found.update((row[0], row[1]) for row in connection.execute(last.group_by(originals.c.asked)))
        return found


def keep_original(connection: Connection, article: str, content: str, original: Original) -> None:
    """Keep what a reading of that content was made from, unless the same bytes are kept with the article already."""
    digest = original.sha256
    same = select(originals.c.id).where(originals.c.article == article, originals.c.sha256 == digest)
    if connection.execute(same).first() is not None:
        return
    connection.execute(
        insert(originals).values(
            article=article,
            content=content,
            sha256=digest,
            media_type=original.media_type,
            # Not the folders of somebody's machine.
            name=original.name and PurePath(original.name).name,
            address=original.address,
            asked=original.asked,
            retrieved=original.retrieved,
            headers=dict(original.headers),
            body=zlib.compress(original.body),
        )
    )
