"""Folding: one form for the spellings that mean one name, and different forms for different names."""

from __future__ import annotations

import pytest

from geo.names import fold, spellings, without_kind


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Yel'nya", "Yelnya"),
        ("Yel’nya", "Yelnya"),
        ("Šiauliai", "Siauliai"),
        ("Łódź", "Lodz"),
        ("Mihail Kogălniceanu", "MIHAIL KOGALNICEANU"),
        ("St. Petersburg", "Saint Petersburg"),
        ("Mt. Hermon", "Mount Hermon"),
        ("Ft. Bragg", "Fort Bragg"),
        ("Bab-el-Mandeb", "Bab el Mandeb"),
        ("the Black Sea", "Black Sea"),
        ("U.S.", "US"),
        ("Bosnia & Herzegovina", "Bosnia and Herzegovina"),
        ("İncirlik", "Incirlik"),
    ],
)
def test_spellings_of_one_name_fold_alike(one: str, other: str) -> None:
    assert fold(one) == fold(other)


@pytest.mark.parametrize(("one", "other"), [("Niger", "Nigeria"), ("Main St", "Main Saint"), ("Mali", "Male")])
def test_other_names_stay_apart(one: str, other: str) -> None:
    assert fold(one) != fold(other)


def test_a_possessive_is_tried_after_the_name_as_it_stands() -> None:
    assert spellings("Russia's") == ["russias", "russia"]
    assert spellings("St. John's")[0] == "saint johns"


@pytest.mark.parametrize(
    ("words", "bare", "kind"),
    [("Luhansk region", "Luhansk", "admin1"), ("Tapa base", "Tapa", "base"), ("port of Odesa", "Odesa", "city")],
)
def test_kind_words_are_told_from_the_name(words: str, bare: str, kind: str) -> None:
    assert without_kind(words) == (bare, kind)


def test_a_bare_name_says_no_kind() -> None:
    assert without_kind("Sevastopol") is None
