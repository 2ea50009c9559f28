"""The English reader as others use it: from a text to its claims."""

from __future__ import annotations

from datetime import date

import pytest

from errors import DataError
from extract import load_extractor
from records import Article
from settings import DATA
from tests.extract import atlas
from tests.extract.english import read, read_one, reader, said


def test_an_unknown_language_is_refused_with_those_that_are_known() -> None:
    with pytest.raises(DataError, match=r"'xx'.*en"):
        load_extractor("xx", DATA)


def test_the_reader_of_a_language_is_found_by_its_code() -> None:
    assert load_extractor("en", DATA).language == "en"


# Who and where


def test_coordinated_actors_and_places_are_multiplied_out() -> None:
    claims = read("About 900 Canadian and Danish soldiers are stationed in Latvia and Poland.")
    assert said(claims) == {("CAN", "Latvia"), ("CAN", "Poland"), ("DNK", "Latvia"), ("DNK", "Poland")}
    assert len(claims) == 4
    assert all(claim.quantity_shared and claim.quantity and claim.quantity.low == 900 for claim in claims)


def test_ellipsis_repeats_the_verb_and_its_relative_clause_says_more() -> None:
    claims = read(
        "Portugal is sending a frigate to the Baltic Sea, as is Greece, which is said to send jets to Poland."
    )
    assert {(claim.actor, claim.place.toponym, claim.asset) for claim in claims} == {
        ("PRT", "Baltic Sea", "naval"),
        ("GRC", "Baltic Sea", "naval"),
        ("GRC", "Poland", "air"),
    }
    assert {claim.place.toponym for claim in claims if claim.hedged} == {"Poland"}


def test_there_is_the_place_spoken_of() -> None:
    text = "Dutch troops have been in Mali since 2014. Another 300 German soldiers will arrive there in May 2023."
    second = next(claim for claim in read(text) if claim.actor == "DEU")
    assert second.place.toponym == "Mali"
    assert second.place_words is not None
    assert second.place_words.of(text) == "there"


def test_the_country_is_the_one_spoken_of_and_not_the_sender() -> None:
    text = "Estonia has asked for help. Belgium agreed to send 200 soldiers to the country."
    claim = read_one(text)
    assert (claim.actor, claim.place.toponym) == ("BEL", "Estonia")
    assert claim.place_words is not None
    assert claim.place_words.of(text) == "the country"


def test_kinds_of_force_named_apart_are_claims_apart() -> None:
    claims = read("Norway sent 80 soldiers and two frigates to Estonia.")
    assert {(claim.asset, claim.quantity and claim.quantity.low) for claim in claims} == {("ground", 80), ("naval", 2)}


def test_a_force_that_leaves_for_a_third_country_makes_two_claims() -> None:
    claims = {claim.place.toponym: claim for claim in read("Ethiopian troops left Somalia for Juba.")}
    assert (claims["Somalia"].status, claims["Somalia"].direction) == ("withdrawn", "out")
    assert (claims["Juba"].status, claims["Juba"].direction) == ("deploying", "in")
    assert claims["Juba"].origin == claims["Somalia"].place


def test_a_host_is_the_place_and_its_guests_are_the_actor() -> None:
    assert said(read("Djibouti hosts 450 Italian soldiers.")) == {("ITA", "Djibouti")}


def test_a_statement_is_read_with_what_it_says_of_itself() -> None:
    claim = read_one("Kenya is sending 1,000 troops to South Sudan, the defence ministry in Nairobi said on Tuesday.")
    assert (claim.actor, claim.place.toponym, claim.status) == ("KEN", "South Sudan", "deploying")
    assert claim.source == "the defence ministry"
    assert claim.quantity is not None
    assert (claim.quantity.low, claim.quantity.high) == (1000, 1000)
    assert claim.date is None  # Tuesday is when it was said


def test_the_date_of_the_event_is_kept() -> None:
    claim = read_one("Italian soldiers arrived in Juba on Monday.")
    assert claim.date is not None
    assert (claim.date.start, claim.date.text) == ("2023-03-06", "Monday")


# What is no claim


@pytest.mark.parametrize(
    "text",
    [
        "Germany delivered tanks to Ukraine.",
        "The rebels sent 500 fighters to Sudan.",
        "The company deployed new software in Brazil.",
        "Norway and Sweden discussed Estonia.",
        "The president of Kenya arrived in Poland.",
        "Airstrikes killed ten people in Somalia.",
        "Norwegian soldiers came home tired.",
        "",
    ],
)
def test_no_claim(text: str) -> None:
    assert read(text) == []


def test_wars_long_past_are_left_out() -> None:
    assert read("The last British troops left Germany in 1955.") == []
    assert read("In World War II, American troops were stationed in Iceland.") == []


# What every claim keeps


TEXT = """OSLO (Northern Wire) - Norway said on Monday it would send up to 250 soldiers to Rukla in April.

Danish and Czech soldiers are already stationed in Latvia, General Ola Lien said. "Another 60 will
arrive there next month," he added. Greek frigates may sail from Toulon to the Red Sea.

Sweden pulled its troops out of Mali last year, and there are no Swedish soldiers in Niger.
"""


def test_everything_quoted_stands_in_the_text() -> None:
    claims = read(TEXT)
    assert len(claims) > 5
    for claim in claims:
        evidence = claim.evidence.of(TEXT)
        assert evidence == evidence.strip()
        assert evidence[0].isupper() or evidence[0] == '"'
        assert evidence[-1] in '."'
        assert claim.place.span.of(TEXT) == claim.place.text
        assert claim.unit is None or claim.unit in TEXT
        assert claim.quantity is None or claim.quantity.text in evidence
        assert claim.date is None or claim.date.text in evidence
        assert claim.source is None or claim.source in TEXT
        assert claim.place_words is None or claim.evidence.covers(claim.place_words)
        assert 0 <= claim.confidence <= 1
        assert claim.rule.endswith(f"({reader().version})")


def test_the_same_text_gives_the_same_claims_with_ids_of_their_own() -> None:
    first, second = read(TEXT), read(TEXT)
    assert first == second
    assert len({claim.id for claim in first}) == len(first)
    assert [claim.evidence for claim in first] == sorted(claim.evidence for claim in first)


def test_an_id_depends_on_the_text() -> None:
    other = read(TEXT.replace("250", "260"))
    assert {claim.id for claim in read(TEXT)}.isdisjoint(claim.id for claim in other)


def test_a_date_without_day_of_publication_stays_open() -> None:
    text = "Italian soldiers arrived in Juba on Monday."
    assert read_one(text, published=None).date is None
    assert read_one(text, published=date(2023, 3, 8)).date is not None


def test_a_text_longer_than_the_parser_takes_is_read_in_pieces() -> None:
    line = f"Norway sent 80 soldiers to Estonia.{' ' * 1_200_000}Poland said nothing. {'-' * 25_000}"
    text = f"{line}\n\nLater, Denmark sent two frigates to the Black Sea."
    assert len(text) > 1_200_000
    parsed = reader().parse(Article("long", "", text))
    claims = reader().claims(parsed, atlas.resolve(reader().mentions(parsed)))
    assert said(claims) == {("NOR", "Estonia"), ("DNK", "Black Sea")}
    assert claims[-1].evidence.end == len(text)
