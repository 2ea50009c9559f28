"""Words made comparable."""

from __future__ import annotations

import pytest

from store.folding import fold, patterns
from store.unseen import visible


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Lešť", " lest"),
        ("Łódź, Đorđe", " lodz djordje".replace("dj", "d")),
        ("Yel'nya – Yel’nya", " yelnya yelnya"),
        ("STRASSE Straße", " strasse strasse"),
        ("Ämari\n(air-base)", " amari air base"),
        ("Ⅻ ﬁne", " xii fine"),
        ("Путин", " путин"),
        ("… —", ""),
    ],
)
def test_folding(text: str, folded: str) -> None:
    assert fold(text) == folded


@pytest.mark.parametrize(
    ("search", "found"),
    [
        ("assad", ["% assad%"]),
        ('Black "Sea Fleet" x', ["% black%", "% sea fleet%", "% x%"]),
        ('"unclosed words', ["% unclosed%", "% words%"]),
        ("100% a_b", ["% 100%", "% a\\_b%"]),
        ("… —", []),
        ("", []),
    ],
)
def test_what_is_looked_for(search: str, found: list[str]) -> None:
    assert patterns(search) == found


def test_a_word_is_found_by_its_start_only() -> None:
    """ "assad" once matched in "ambassador"."""
    pattern = patterns("assad")[0].strip("%")
    assert pattern in fold("Bashar al-Assad's army")
    assert pattern not in fold("the ambassador")


def test_unseen_characters_are_shown_and_joiners_stay() -> None:
    assert visible("a\u202eb\x1b[0m\u2028") == "a<U+202E>b<U+001B>[0m<U+2028>"
    assert visible("می\u200cخواهم 👨‍👩‍👧\tx\n") == "می\u200cخواهم 👨‍👩‍👧\tx\n"
