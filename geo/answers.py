"""What online geocoders answered, kept on disk: the same name is not asked for twice, nor sent anywhere twice.

A file of its own that may be deleted at any time. Bounded: the oldest answers go first, and what is too large to be
kept is asked for again.
"""

from __future__ import annotations

import json
import sqlite3
import time
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

SECONDS_A_DAY = 86_400
LARGEST = 50_000  # characters of one answer; 5,000 of the largest are 250 MB, of the usual ones 10
_SCHEMA = "CREATE TABLE IF NOT EXISTS answers (key TEXT PRIMARY KEY, asked REAL NOT NULL, answer TEXT NOT NULL)"


@dataclass(frozen=True, slots=True)
class Answer:
    """A service's places as (address, latitude, longitude, raw), in its order; empty where it knew none.

    ``asked`` is when, in seconds since 1970; of use for saying how old the answer is.
    """

    places: tuple[tuple[str, float, float, Any], ...]
    asked: float


@dataclass(frozen=True, slots=True)
class Answers:
    """The file. ``days`` is how long an answer is good for, ``most`` how many are kept; 0 keeps none.

    A file that is damaged or cannot be written is no reason to fail: it is made anew, or nothing is kept.
    """

    path: Path
    days: int = 30
    most: int = 5000
    now: Callable[[], float] = field(default=time.time)

    def get(self, key: str) -> Answer | None:
        """The answer kept under a key, None where there is none that is still good."""
        rows = self._run([("SELECT asked, answer FROM answers WHERE key = ? AND asked > ?", (key, self._oldest()))])
        if not rows:
            return None
        asked, text = rows[0]
        try:
            places = tuple((str(address), float(lat), float(lon), raw) for address, lat, lon, raw in json.loads(text))
        except (ValueError, TypeError):
            return None
        return Answer(places, float(asked))

    def put(self, key: str, answer: Answer) -> None:
        """Keep an answer in the place of an earlier one, and let go of what is too old or too much."""
        text = json.dumps(answer.places, ensure_ascii=False, default=str)
        if len(text) > LARGEST:
            return
        newest = "SELECT key FROM answers ORDER BY asked DESC LIMIT ?"
        self._run(
            [
                ("REPLACE INTO answers VALUES (?, ?, ?)", (key, answer.asked, text)),
                (f"DELETE FROM answers WHERE asked <= ? OR key NOT IN ({newest})", (self._oldest(), self.most)),
            ]
        )

    def _oldest(self) -> float:
        return self.now() - self.days * SECONDS_A_DAY

    def _run(self, statements: Sequence[tuple[str, tuple[object, ...]]]) -> list[tuple[Any, ...]]:
        """The rows of the last statement; none where nothing is to be kept, or nothing can be."""
        rows: list[tuple[Any, ...]] = []
        if not self.days or not self.most:
            return rows
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            with closing(sqlite3.connect(self.path, timeout=5)) as connection, connection:
                connection.execute(_SCHEMA)
                for statement, values in statements:
                    rows = connection.execute(statement, values).fetchall()
        except (sqlite3.OperationalError, OSError):
            return []  # locked, full, or not to be written
        except sqlite3.DatabaseError:
            self.path.unlink(missing_ok=True)  # no database, or a damaged one: the next answer makes it anew
            return []
        return rows
