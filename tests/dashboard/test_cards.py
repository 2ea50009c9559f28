"""The claim card says what the article says, where it says it, and nothing in it can run."""

from __future__ import annotations

import html
import re
from dataclasses import replace
from datetime import UTC, datetime
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard import cards, offers, wording
from records import Candidate, Place, Quantity, Reading, Span, Viewpoint
from store.protocol import PlaceReview, StoredClaim, Verdict
from tests import readings
from tests.browser.hostile import hostile

UN = Viewpoint("un", (("Crimea", "UKR"),))
TAGS = {"article", "h4", "p", "span", "blockquote", "mark", "u", "br", "dl", "dt", "dd", "bdi", "em", "div"}


def stored(reading: Reading, number: int = 0) -> StoredClaim:
    return StoredClaim.unreviewed(reading.claims[number], reading)


def doubtful() -> StoredClaim:
    """Germany in Lithuania, or perhaps in Constanța."""
    one = stored(readings.baltic())
    assert one.placement
    candidates = (*one.placement.candidates, Candidate(readings.CONSTANTA, 0.1))
    return replace(one, placement=replace(one.placement, candidates=candidates))


def review(verdict: Verdict, place: Place | None) -> PlaceReview:
    at = datetime(2026, 1, 2, 3, 4, tzinfo=UTC)
    return PlaceReview(1, "baltic", Span(30, 39), "Lithuania", verdict, place, "<the port>", "Ann", at, attached=True)


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
    card = words(cards.card(stored(readings.baltic()), UN))
    for expected in (
        "Germany → Lithuania",
        "there",
        "500 soldiers",
        "500 (personnel)",
        "not stated; the article is of 28 January 2022",
        "the article itself",
        "country ; an area, not a point",
        "rule by-hand , certainty 0.80; unreviewed machine reading",
        "Test Gazette · published 28 January 2022",
    ):
        assert expected in card


def test_a_plan_an_attribution_and_a_month_are_said() -> None:
    card = words(cards.card(stored(readings.baltic(), 1), UN))
    for expected in ("planned", "February 2022, stated: “ in February 2022 ”", "officials"):
        assert expected in card
    assert '"chip there"' not in cards.card(stored(readings.baltic(), 1), UN)


def test_doubts_are_said() -> None:
    unplaced = words(cards.card(stored(readings.in_doubt()), UN))
    assert "“ Zubrowka ”: not placed Why there no entry" in unplaced
    assert "neither the event nor the article has a date" in unplaced
    assert "hedged" in unplaced
    gone = words(cards.card(stored(readings.sample()), UN))
    assert "France: out of Mali" in gone
    assert "Sample, written for demonstration: not evidence" in gone


def test_what_else_the_place_could_be() -> None:
    card = words(cards.card(doubtful(), UN))
    assert "Why there only entry ; 90% of the belief, probable" in card
    assert re.search(r"Could also be\s+Constanța ,\s+town in Romania \(10%\)", card)


def test_an_area_is_no_alternative_to_the_place_that_it_lies_at() -> None:
    near = replace(readings.LITHUANIA, gazetteer_id="t:LTU#near::", name="near Lithuania", kind="region")
    one = replace(doubtful(), shown=near)
    assert [offer.place for offer in offers.others(one)] == [readings.CONSTANTA]
    assert "near Lithuania , region in Lithuania ; an area, within 190 km of its middle" in words(cards.card(one, UN))


def test_a_place_chosen_by_a_reader_is_said_and_the_machines_beside_it() -> None:
    one = replace(doubtful(), shown=readings.CONSTANTA, reviews=(review("chosen", readings.CONSTANTA),))
    assert Outline(cards.card(one, UN)).names <= TAGS, "the reason is text"
    card = words(cards.card(one, UN))
    for expected in (
        "Germany → Constanța",
        "“ Lithuania ” judged to be Constanța , town in Romania",
        "placed by a reader: Ann, 2026-01-02 03:04 UTC: “<the port>”",
        "The machine had read it as Lithuania , country : only entry ; 90% of the belief, probable",
        "machine reading of which only the place is reviewed",
    ):
        assert expected in card, card
    assert "Could also be" not in card, "there is no third one"
    assert wording.BY_READER in words(cards.brief(one))
    nowhere = words(cards.card(replace(one, shown=None, reviews=(review("none", None),)), UN))
    assert "taken off the map by a reader: Ann, 2026-01-02" in nowhere


def test_a_review_that_was_taken_back_is_not_said_to_hold() -> None:
    one = replace(doubtful(), reviews=(review("chosen", readings.CONSTANTA), review("withdrawn", None)))
    assert wording.BY_READER not in words(cards.card(one, UN))


def test_places_hardly_believed_in_are_counted() -> None:
    one = doubtful()
    assert one.placement
    others = [replace(readings.CONSTANTA, gazetteer_id=f"t:{number}") for number in range(2)]
    faint = tuple(Candidate(place, 0.001) for place in others)
    card = words(cards.card(replace(one, placement=replace(one.placement, candidates=faint, score=0.999)), UN))
    assert "over 99% of the belief, almost certain" in card
    assert "Could also be 2 places with under 1% each" in card


@pytest.mark.parametrize(
    ("share", "said"),
    [(1.0, "certain"), (0.8, "probable"), (0.5, "more likely"), (0.49, "doubtful"), (0.0, "doubtful")],
)
def test_belief_in_words(share: float, said: str) -> None:
    assert said in offers.belief(share)


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
        assert expected in words(cards.card(stored(reading), UN))


def test_hostile_text_stays_text() -> None:
    one = stored(hostile())
    for made in (cards.card(one, UN), cards.brief(one), cards.whole_article(one)):
        outline = Outline(made)
        assert outline.names <= TAGS
        assert outline.attributes <= {"class", "dir", "title"}
        assert "\u202e" not in made
        assert "${alert(4)}" in words(made)
