"""Which articles are copies of one text: looked up by the bands of their signatures, kept as stories.

Derived, and made up for by ``sign_all``: an article without a signature of its current text is signed and joins the
story of its copies. Where one is taken away or changed, its whole story is unsigned and told anew, since it may have
held the others together.
"""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import (
    Connection,
    Engine,
    Select,
    and_,
    delete,
    insert,
    select,
    tuple_,
    update,
)

from deployments.duplicates import are_copies, signature
from store.parts import in_parts
from store.tables import bands, readings, signatures, stories

_BATCH = 100  # articles signed in one transaction: others may write in between
#: Articles that share a band with so many others are of a frame that many texts have: no more are compared.
_MOST = 500


def sign_all(writing: Engine) -> list[str]:
    """Sign what is not signed yet, some articles in each transaction; those whose story is another one now."""
    changed: list[str] = []
    with writing.begin() as connection:
        _unsign_changed(connection)
    while True:
        with writing.begin() as connection:
            waiting = connection.execute(_unsigned().limit(_BATCH)).all()
            for row in waiting:
                changed += _sign(connection, row.article, row.content, row.text)
        if len(waiting) < _BATCH:
            return changed


def unsign(connection: Connection, articles: Iterable[str]) -> None:
    """Forget the signatures of these articles and of all that are of their stories."""
    for few in in_parts(articles):
        told = select(stories.c.story).where(stories.c.article.in_(few))
        of_story = connection.execute(select(stories.c.article).where(stories.c.story.in_(told))).scalars().all()
        for table in (bands, signatures, stories):
            connection.execute(delete(table).where(table.c.article.in_({*few, *of_story})))


def _unsign_changed(connection: Connection) -> None:
    """Those whose text is another one than was signed."""
    of_current = and_(readings.c.article == signatures.c.article, readings.c.current)
    stale = select(signatures.c.article).join(readings, of_current).where(readings.c.content != signatures.c.content)
    unsign(connection, connection.execute(stale).scalars().all())


def _unsigned() -> Select[str, str, str]:
    signed = signatures.c.article == readings.c.article
    waiting = select(readings.c.article, readings.c.content, readings.c.text).outerjoin(signatures, signed)
    return waiting.where(readings.c.current, signatures.c.article.is_(None)).order_by(readings.c.id)


def _sign(connection: Connection, article: str, content: str, text: str) -> list[str]:
    made = signature(text)
    words, minhash = (made.words, made.minhash) if made else (0, b"")
    connection.execute(insert(signatures).values(article=article, content=content, words=words, minhash=minhash))
    copies: list[str] = []
    if made:
        copies = _copies(connection, text, list(enumerate(made.bands)))
        rows = [{"band": at, "value": value, "article": article} for at, value in enumerate(made.bands)]
        connection.execute(insert(bands), rows)
    return _tell(connection, article, copies)


def _copies(connection: Connection, text: str, of_bands: list[tuple[int, str]]) -> list[str]:
    alike = select(bands.c.article).where(tuple_(bands.c.band, bands.c.value).in_(of_bands)).distinct().limit(_MOST)
    likely = connection.execute(
        select(readings.c.article, readings.c.text).where(readings.c.current, readings.c.article.in_(alike))
    )
    return [row.article for row in likely if are_copies(text, row.text)]


def _tell(connection: Connection, article: str, copies: list[str]) -> list[str]:
    """Put an article and its copies into one story; those whose story is another one now."""
    told = set(connection.execute(select(stories.c.story).where(stories.c.article.in_(copies))).scalars())
    story = min({article, *told})
    moved = [*connection.execute(select(stories.c.article).where(stories.c.story.in_(told - {story}))).scalars()]
    connection.execute(update(stories).where(stories.c.story.in_(told - {story})).values(story=story))
    connection.execute(insert(stories).values(article=article, story=story))
    return [*moved, article]
