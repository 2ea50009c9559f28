"""The claim card says what the article says, where it says it, and nothing in it can run."""

from __future__ import annotations

import html
import re
from dataclasses import replace
from html.parser import HTMLParser

from hypothesis import given
from hypothesis import strategies as st

from dashboard import cards
from records import Candidate, Quantity, Reading, Span
from store.protocol import StoredClaim
from tests import readings
from tests.browser.hostile import hostile

TAGS = {"article", "h4", "p", "span", "blockquote", "mark", "u", "br", "dl", "dt", "dd", "bdi", "em", "div"}


def stored(reading: Reading, number: int = 0) -> StoredClaim:
    claim = reading.claims[number]
    return StoredClaim(claim, reading.article, reading.placement_of(claim.place), reading.extractor)


def words(card: str) -> str:
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", card)))


class Outline(HTMLParser):
    """Collects tags and attributes, and checks that they nest."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.names: set[str] = set()
        self.attributes: set[str] = set()
        self.feed(text)
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.names.add(tag)
        self.attributes |= {name for name, _ in attrs}
        if tag != "br":
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


@st.composite
def texts_with_highlights(draw: st.DrawFn) -> tuple[str, Span, list[tuple[Span, str]]]:
    text = draw(st.text(st.sampled_from("ab <&>\n"), max_size=30))
    spans = st.tuples(st.integers(0, len(text)), st.integers(0, len(text))).map(lambda ends: Span(min(ends), max(ends)))
    return text, draw(spans), draw(st.lists(st.tuples(spans, st.sampled_from(["mark", "u"])), max_size=4))


@given(texts_with_highlights())
def test_highlights_change_no_letter_and_nest(drawn: tuple[str, Span, list[tuple[Span, str]]]) -> None:
    text, window, highlights = drawn
    made = cards.highlighted(text, window, highlights)
    Outline(made)
    assert html.unescape(re.sub(r"</?(mark|u)>", "", made)) == window.of(text)


def test_the_sentence_stands_in_its_article() -> None:
    made = cards.sentence_in_context(stored(readings.black_sea(), 1))
    marked = "".join(re.findall(r"<mark>(.*?)</mark>", made))
    assert re.sub(r"</?u>", "", marked) == "France may send a destroyer to the Black Sea."
    assert "<u>Black Sea</u>" in made
    assert "Two Russian frigates" in made, "what stands around it"


def test_the_context_is_cut_at_words_and_says_so() -> None:
    filler = readings.Named(" ".join(["padding"] * 100) + " Ukraine.", "Ukraine", readings.UKRAINE)
    said = readings.Said("French troops are in Mali.", "FRA", "Mali", readings.MALI)
    made = cards.sentence_in_context(stored(readings.reading(filler, said, filler)))
    assert made.startswith("… padding ")
    assert made.endswith("padding …")


def test_a_card_says_who_what_where_when_and_how_sure() -> None:
    card = words(cards.card(stored(readings.baltic())))
    for expected in (
        "Germany → Lithuania",
        "there",
        "500 soldiers",
        "500 (personnel)",
        "not stated; the article is of 28 January 2022",
        "the article itself",
        "country; an area, not a point",
        "rule by-hand , certainty 0.80; unreviewed machine reading",
        "Test Gazette · published 28 January 2022",
    ):
        assert expected in card


def test_a_plan_an_attribution_and_a_month_are_said() -> None:
    card = words(cards.card(stored(readings.baltic(), 1)))
    for expected in ("planned", "February 2022, stated: “ in February 2022 ”", "officials"):
        assert expected in card
    assert '"chip there"' not in cards.card(stored(readings.baltic(), 1))


def test_doubts_are_said() -> None:
    unplaced = words(cards.card(stored(readings.in_doubt())))
    assert "not placed ( no entry )" in unplaced
    assert "neither the event nor the article has a date" in unplaced
    assert "hedged" in unplaced
    gone = words(cards.card(stored(readings.sample())))
    assert "France: out of Mali" in gone
    assert "Sample, written for demonstration: not evidence" in gone


def test_what_else_the_place_could_be() -> None:
    reading = readings.baltic()
    claim = reading.claims[0]
    placement = reading.placement_of(claim.place)
    assert placement
    doubtful = replace(placement, candidates=(*placement.candidates, Candidate(readings.CONSTANTA, 0.1)))
    card = words(cards.card(StoredClaim(claim, reading.article, doubtful, "x")))
    assert re.search(r"Could also be\s+Constanța \(town, Romania, 0\.10\)", card)


def test_bounds_of_a_number() -> None:
    said = {
        (None, None): "no number given",
        (100, None): "100 or more",
        (None, 8500): "up to 8,500",
        (2, 3): "2 to 3",
        (4, 4): "4 (",
    }
    for (low, high), expected in said.items():
        quantity = Quantity(low, high, "ships", "some")
        reading = readings.reading(readings.Said("Ships in Mali.", "FRA", "Mali", readings.MALI, quantity=quantity))
        assert expected in words(cards.card(stored(reading)))


def test_hostile_text_stays_text() -> None:
    one = stored(hostile())
    for made in (cards.card(one), cards.brief(one), cards.whole_article(one)):
        outline = Outline(made)
        assert outline.names <= TAGS
        assert outline.attributes <= {"class", "dir", "title"}
        assert "\u202e" not in made
        assert "${alert(4)}" in words(made)
