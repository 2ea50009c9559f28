"""Our own annotated texts, ``bench/gold/*.jsonl``: loaded, checked, and split once into train, check and test.

A row is one text with its claims, as ``bench/gold/README.md`` describes it; rows stay plain JSON objects because
they are handed on as JSON to the scorer. Run as ``python -m bench.gold`` it counts what is there.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any, Literal, get_args

from errors import DataError
from records import ASSETS, PLACE_KINDS, STATUSES, Counted, Direction

Row = dict[str, Any]
Part = Literal["train", "check", "test"]

FOLDER = Path(__file__).resolve().parent / "gold"
PARTS: tuple[Part, ...] = get_args(Part)
REGISTERS = ("wire", "press", "transcript", "newscast", "thinktank", "letter", "blog", "dirty")
#: What a claim holds where the file leaves it out.
DEFAULTS: dict[str, Any] = {
    "unit": None, "quantity": None, "quantity_shared": False, "origin": None, "direction": "in", "date": None,
    "source": None, "hedged": False, "optional": False, "note": None, "country": None, "lat": None, "lon": None,
}  # fmt: skip
_NEEDED = ("evidence", "actor", "asset", "status", "place", "place_kind")
_VERBATIM = ("evidence", "unit", "origin", "source", "actor_words", "place_words", "date_words", "trigger")
_VALUES: dict[str, tuple[str, ...]] = {
    "asset": ASSETS,
    "status": STATUSES,
    "place_kind": PLACE_KINDS,
    "direction": get_args(Direction),
}
_DATE = re.compile(r"(19|20)\d\d(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?")


def part_of(id: str) -> Part:
    """Which part a text belongs to, for ever: six tenths train, two check, two test, by a hash of its id."""
    tenth = int(sha256(id.encode("utf-8")).hexdigest(), 16) % 10
    return "train" if tenth < 6 else "check" if tenth < 8 else "test"


def half_of(id: str) -> int:
    """One of two halves, 0 or 1, whatever the part: what one teaches is tried on the other."""
    return int(sha256(id.encode("utf-8")).hexdigest(), 16) // 10 % 2


def load_gold(part: Part | str | None = None, *, folder: Path = FOLDER) -> list[Row]:
    """The texts of one part, or all, in the order of files and lines, with every default filled in.

    Raises DataError that lists each faulty row by file and line; nothing is dropped silently.
    """
    if part is not None and part not in PARTS:
        raise DataError(f"bench/gold has no part {part!r}; choose one of {', '.join(PARTS)}")
    rows, faulty = [], []
    lines: dict[str, str] = {}
    for where, row in _lines(folder):
        faults = list(faults_of(row))
        if str(row.get("id")) in lines:
            faults.append(f"id {row['id']!r} stands in {lines[row['id']]} already")
        lines[str(row.get("id"))] = where
        faulty += [f"{where}: {fault}" for fault in faults]
        rows.append(row)
    if faulty:
        raise DataError(f"{len(faulty)} faults in the gold; mend these rows:\n" + "\n".join(faulty))
    return [_filled(row) for row in rows if part in (None, part_of(row["id"]))]


def _lines(folder: Path) -> Iterator[tuple[str, Row]]:
    for path in sorted(folder.glob("*.jsonl")):
        for number, line in enumerate(path.read_text(encoding="utf-8").split("\n"), 1):
            if line.strip():
                where = f"{path.name}:{number}"
                try:
                    yield where, json.loads(line)
                except ValueError as fault:
                    raise DataError(f"{where}: no JSON ({fault}); mend the line") from fault


def _filled(row: Row) -> Row:
    return {**row, "claims": [{**DEFAULTS, **claim, "alt": claim.get("alt") or {}} for claim in row["claims"]]}


def faults_of(row: Row) -> Iterator[str]:
    """What is wrong with a text, in words."""
    for field in ("id", "title", "text", "region"):
        if not isinstance(row.get(field), str) or not row[field].strip():
            yield f"{field!r} is missing or empty"
            return
    if row.get("register") not in REGISTERS:
        yield f"register {row.get('register')!r} is none of {', '.join(REGISTERS)}"
    if row.get("published") is not None and not _DATE.fullmatch(str(row["published"])):
        yield f"published {row['published']!r} is no date"
    seen: Counter[str] = Counter()
    for number, claim in enumerate(row.get("claims") or (), 1):
        for fault in _claim_faults(claim, row["text"]):
            yield f"claim {number}: {fault}"
        kept = {field: value for field, value in claim.items() if field not in ("evidence", "note", "optional")}
        seen[json.dumps(kept, sort_keys=True)] += 1
    if any(count > 1 for count in seen.values()):
        yield "two claims say the same"


def _claim_faults(claim: Row, text: str) -> Iterator[str]:
    missing = [field for field in _NEEDED if not claim.get(field)]
    if missing:
        yield f"no {', '.join(missing)}"
        return
    alternatives = claim.get("alt") or {}
    for field in _VERBATIM:
        if claim.get(field) and claim[field] not in text:
            yield f"{field} {claim[field]!r} does not stand in the text"
    if not any(name and name in text for name in (claim["place"], *alternatives.get("place", ()))):
        yield f"place {claim['place']!r} does not stand in the text, nor does another wording of it"
    for field, known in _VALUES.items():
        for value in (claim.get(field, known[0]), *alternatives.get(field, ())):
            if value not in known:
                yield f"{field} {value!r} is none of {', '.join(known)}"
    for value in (claim.get("date"), *alternatives.get("date", ())):
        if value is not None and not _DATE.fullmatch(value):
            yield f"date {value!r} is no day, month or year"
    yield from _quantity_faults(claim.get("quantity"), text)
    yield from _consistency_faults(claim)


def _quantity_faults(quantity: Row | None, text: str) -> Iterator[str]:
    if quantity is None:
        return
    low, high = quantity.get("low"), quantity.get("high")
    if (quantity.get("text") or "\0") not in text:
        yield f"quantity {quantity.get('text')!r} does not stand in the text"
    if quantity.get("of") not in get_args(Counted):
        yield f"quantity counts {quantity.get('of')!r}, which is none of {', '.join(get_args(Counted))}"
    if any(bound is not None and (not isinstance(bound, int) or bound < 1) for bound in (low, high)):
        yield f"quantity from {low!r} to {high!r}: bounds are whole numbers above nought"
    elif low is not None and high is not None and low > high:
        yield f"quantity from {low} to {high} ends before it begins"


def _consistency_faults(claim: Row) -> Iterator[str]:
    direction, status = claim.get("direction", "in"), claim["status"]
    if (status == "withdrawn") != (direction == "out") and status not in ("discussed", "denied", "offered"):
        yield f"status {status!r} does not go with direction {direction!r}"
    lat, lon = claim.get("lat"), claim.get("lon")
    if (lat is None) != (lon is None):
        yield "one coordinate without the other"
    elif lat is not None and lon is not None and not (-90 <= lat <= 90 and -180 <= lon <= 180):
        yield f"{lat}, {lon} is no latitude and longitude"


def main() -> None:
    for part in PARTS:
        rows = load_gold(part)
        claims = [claim for row in rows for claim in row["claims"]]
        core = sum(not claim["optional"] for claim in claims)
        negatives = sum(not row["claims"] for row in rows)
        print(f"{part:6}{len(rows):4} texts{core:6} core claims{len(claims) - core:5} optional{negatives:4} negatives")


if __name__ == "__main__":
    main()
