"""What only one force is called: ships' names and units' numbers, in the words that a report has for it. Pure."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import groupby

from records import Asset, Report

_NUMBERED = re.compile(r"\b(\d+(?:st|nd|rd|th)|[IVX]+(?= Corps| Army))\b")
_SMALL_WORDS = frozenset({"of", "from", "in", "at", "to", "the", "a", "an", "and", "with"})
_NO_NAMES = frozenset({"navy", "fleet", "army", "marines", "marine", "air", "force", "forces", "coast", "guard"})


def names_of(report: Report) -> frozenset[str]:
    """What only one force is called: a ship's name, a division's number. "The frigate Sachsen" is ``{"sachsen"}``.

    What aircraft, tanks and missiles are called is their type, which many bear.
    """
    return _names_in(report.unit or "", report.asset)


@lru_cache(maxsize=65536)
def _names_in(unit: str, asset: Asset) -> frozenset[str]:
    return frozenset(_NUMBERED.findall(unit)) | (_ships_in(unit) if asset == "naval" else frozenset())


def _ships_in(unit: str) -> frozenset[str]:
    """Runs of capitals that end what is said of a ship: "frigate Sachsen of the navy", not "six Russian frigates"."""
    words = re.findall(r"[^\W_][\w-]*|[^\w\s]", unit)
    found = set()
    for large, run in groupby(range(len(words)), key=lambda at: words[at][0].isupper()):
        places = list(run)
        before = words[places[0] - 1] if places[0] else "the"
        after = words[places[-1] + 1] if places[-1] + 1 < len(words) else ""
        name = [words[at].casefold() for at in places]
        prefixed = len(name) > 1 and words[places[0]].isupper() and len(name[0]) > 1
        named = prefixed or (before == "the" and places[0] <= 1) or (before.isalpha() and before not in _SMALL_WORDS)
        if large and named and (not after[:1].isalpha() or after in _SMALL_WORDS) and not _NO_NAMES & set(name):
            found.add(" ".join(name[1:] if prefixed else name))
    return frozenset(found)
