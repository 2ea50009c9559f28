"""Articles that a person took off the map: kept with all their readings, and shown nowhere but by their id.

It is the current reading that bears the mark; one that supersedes it takes the mark along, since what arrives anew is
no reason to overrule a person.
"""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import Connection, RowMapping, select, update

from errors import NotFoundError, ReviewError
from store.protocol import Retirement
from store.tables import readings

#: The columns of ``readings`` that hold it.
MARK = (readings.c.retired, readings.c.retired_by, readings.c.retired_reason)


def retire(connection: Connection, article: str, *, who: str, reason: str) -> Retirement:
    """Raises NotFoundError for an unknown article, ReviewError without a name or a reason."""
    if not who.strip() or not reason.strip():
        raise ReviewError("an article is taken off the map by somebody and for a reason; give both")
    mark = Retirement(datetime.now(UTC), who.strip(), reason.strip())
    _set(connection, article, {"retired": mark.at, "retired_by": mark.who, "retired_reason": mark.reason})
    return mark


def reinstate(connection: Connection, article: str) -> None:
    """Raises NotFoundError for an unknown article."""
    _set(connection, article, {"retired": None, "retired_by": None, "retired_reason": None})


def mark_of(connection: Connection, article: str) -> dict[str, object]:
    """The columns of the current reading's mark, for the one that takes its place."""
    current = (readings.c.article == article) & readings.c.current
    row = connection.execute(select(*MARK).where(current)).mappings().first()
    return dict(row) if row else {}


def retirement_of(row: RowMapping) -> Retirement | None:
    """From the columns of ``readings``."""
    if row["retired"] is None:
        return None
    return Retirement(row["retired"], row["retired_by"], row["retired_reason"])


def _set(connection: Connection, article: str, mark: dict[str, object]) -> None:
    current = (readings.c.article == article) & readings.c.current
    if not connection.execute(update(readings).where(current).values(mark)).rowcount:
        raise NotFoundError(f"{article}: no article of this id in the store")
