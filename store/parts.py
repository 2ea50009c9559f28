"""Long lists of values, a few at a time: databases allow only so many in one question."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

_FEW = 500


def in_parts(values: Iterable[str]) -> Iterator[list[str]]:
    listed = list(values)
    return (listed[at : at + _FEW] for at in range(0, len(listed), _FEW))
