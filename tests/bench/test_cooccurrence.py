"""The baseline that accuracy is compared with."""

from __future__ import annotations

from bench.cooccurrence import load_baseline
from settings import DATA

BASELINE = load_baseline(DATA)


def pairs(text: str) -> set[tuple[str, str]]:
    return {(claim["actor"], claim["place"]["text"]) for claim in BASELINE.claims(text)}


def test_every_pair_of_a_sentence_with_a_force_is_a_claim() -> None:
    assert pairs("Norwegian and Danish soldiers left Latvia for Poland.") == {
        ("NOR", "Latvia"),
        ("NOR", "Poland"),
        ("DNK", "Latvia"),
        ("DNK", "Poland"),
        ("LVA", "Poland"),
        ("POL", "Latvia"),
    }


def test_nothing_without_a_force_or_across_sentences() -> None:
    assert pairs("Norwegian ministers left Latvia.") == set()
    assert pairs("Norwegian soldiers slept. Latvia was calm.") == set()


def test_what_is_quoted_stands_in_the_text() -> None:
    text = "It rained. The U.S. sent troops to Iraq."
    claim = next(claim for claim in BASELINE.claims(text) if claim["actor"] == "USA")
    evidence = claim["evidence"]
    assert text[evidence["start"] : evidence["end"]] == evidence["text"]
    assert evidence["text"] == "The U.S. sent troops to Iraq."
    assert (claim["asset"], claim["status"], claim["place"]["text"]) == ("ground", "deployed", "Iraq")
