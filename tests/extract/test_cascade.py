"""What is worth parsing, and what is not."""

from __future__ import annotations

from functools import cache
from itertools import pairwise

import pytest

from extract.cascade import BACK, Words, depths, points, sentences, words_of
from tests.extract.english import lexicon


@cache
def words() -> Words:
    return words_of(lexicon())


@pytest.mark.parametrize(
    "text",
    [
        "Norway sent 80 soldiers to Estonia.",
        "SOLDIERS LEAVE",
        "Batteries of howitzers stood by the road.",
        "The USS Laboon lay off Socotra.",
        "KFOR stays.",
        "Six F-16s landed at night.",
        "The withdrawal is over.",
        "The Russians entered the city.",
        "Turkey moved into northern Syria.",
    ],
)
def test_what_may_claim_something_alone_is_parsed(text: str) -> None:
    assert depths([points(text, words())]) == ["parsed"]


@pytest.mark.parametrize(
    "text",
    [
        "The mayor opened a bakery in Oslo.",
        "He moved to a new flat and left his job.",  # a word of movement, but no state that moves
        "Russian artists paint in Paris.",
        "The team won; its captain is in good form.",
        "The company kept its headquarters.",
        "",
    ],
)
def test_what_tells_of_no_forces_is_not(text: str) -> None:
    assert depths([points(text, words())]) == [None]


def test_police_cools_what_a_single_word_warms() -> None:
    report = "A convoy of the sheriff, deputies and county police drove a battery of suspects to court."
    assert points(report, words()) < 0 < points("A convoy drove the battery.", words())


def test_a_sentence_without_such_a_word_is_parsed_near_one_that_has_it() -> None:
    row = [points(text, words()) for text in ("Norway sent 80 soldiers to Estonia.", "Denmark's will follow in May.")]
    assert row[1] == 0
    assert depths(row) == ["parsed", "parsed"]
    assert depths(row[::-1]) == ["parsed", "parsed"]


def test_heat_fades_and_what_stands_before_is_looked_through() -> None:
    found = depths([0.0] * 60 + [2.0] + [0.0] * 60)
    parsed = [at for at, depth in enumerate(found) if depth == "parsed"]
    assert parsed == list(range(parsed[0], parsed[-1] + 1))
    assert parsed[0] < 60 < parsed[-1]
    assert parsed[-1] - 60 == 60 - parsed[0] < 10
    looked_through = [at for at, depth in enumerate(found) if depth == "looked through"]
    assert looked_through == list(range(parsed[0] - BACK, parsed[0]))


def test_a_title_warms_the_beginning() -> None:
    assert depths([1.0] + [0.0] * 30, title=0.0)[0] is None
    warmed = depths([1.0] + [0.0] * 30, title=4.0)
    assert warmed[0] == "parsed"
    assert warmed[-1] is None


def test_nothing_is_read_of_nothing() -> None:
    assert depths([]) == []


def cut(text: str) -> list[str]:
    return [text[start:end] for start, end in sentences(text, (0, len(text)), words())]


def test_sentences_lie_end_to_end() -> None:
    text = 'He spoke. "We go!" She asked: why? 300 men went.  Gen. Lien of the U.S. Army stayed.'
    assert cut(text) == ["He spoke. ", '"We go!" ', "She asked: why? ", "300 men went.  ", text[text.index("Gen.") :]]
    bounds = list(sentences(text, (0, len(text)), words()))
    assert all(end == start for (_, end), (start, _) in pairwise(bounds))


def test_a_sentence_ends_neither_after_an_initial_nor_before_a_small_letter() -> None:
    for text in ("J. R. Smith of St. Louis.", "It cost approx. Ten", "See e.g. the U.N. Mission"):
        assert cut(text) == [text]
