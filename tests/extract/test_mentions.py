"""Places that a text names: spans, kinds, parts of countries, borders, coasts, containers, datelines."""

from __future__ import annotations

import itertools

import pytest

from records import Article, Mention, PlaceKind, Relation
from tests.extract.english import mentions, reader


@pytest.mark.parametrize(
    ("text", "words", "toponym", "kind"),
    [
        ("They went to Norway.", "Norway", "Norway", "country"),
        ("They went to Oslo.", "Oslo", "Oslo", "city"),
        ("They sail in the Black Sea.", "Black Sea", "Black Sea", "sea"),
        ("They live at Camp Lemonnier.", "Camp Lemonnier", "Camp Lemonnier", "base"),
        ("They use Graf Ignatievo air base.", "Graf Ignatievo air base", "Graf Ignatievo air base", "base"),
        ("They hold Anbar province.", "Anbar province", "Anbar", "admin1"),
        ("They entered Georgian airspace.", "Georgian airspace", "Georgia", "country"),
        ("They stand on Iraqi territory.", "Iraqi territory", "Iraq", "country"),
        ("They are sent to eastern flank countries.", "eastern flank countries", "eastern flank countries", "region"),
    ],
)
def test_a_name_and_the_kind_that_its_words_tell(text: str, words: str, toponym: str, kind: PlaceKind) -> None:
    (mention,) = mentions(text)
    assert (mention.text, mention.toponym, mention.kind) == (words, toponym, kind)


@pytest.mark.parametrize(
    ("text", "toponym", "relation", "bearing"),
    [
        ("They hold eastern Libya.", "Libya", "part", "east"),
        ("They hold south-eastern Turkey.", "Turkey", "part", "south-east"),
        ("They are in the north of Mali.", "Mali", "part", "north"),
        ("They hold the eastern part of Libya.", "Libya", "part", "east"),
        ("It lies north of Oslo.", "Oslo", "near", "north"),
        ("They sail off the coast of Somalia.", "Somalia", "off", None),
        ("They sail off Cyprus.", "Cyprus", "off", None),
        ("They mass at Armenia's border.", "Armenia", "border", None),
        ("They mass on the Armenian border.", "Armenia", "border", None),
        ("They mass on the border with Armenia.", "Armenia", "border", None),
        ("They mass on Armenia's southern border.", "Armenia", "border", "south"),
    ],
)
def test_how_an_area_lies_to_the_name_in_it(text: str, toponym: str, relation: Relation, bearing: str | None) -> None:
    (mention,) = mentions(text)
    assert (mention.toponym, mention.relation, mention.bearing) == (toponym, relation, bearing)
    assert toponym in mention.text or mention.text.startswith("Armenian")


@pytest.mark.parametrize(
    ("text", "km"),
    [("They are 40 km from the Polish border.", 40.0), ("They are 10 miles from the Syrian border.", 16.09)],
)
def test_how_far_from_the_border(text: str, km: float) -> None:
    (mention,) = mentions(text)
    assert mention.distance_km == pytest.approx(km, abs=0.01)


def test_taking_off_from_an_island_is_not_being_off_it() -> None:
    (mention,) = mentions("They took off from Malta.")
    assert mention.relation is None


def test_the_name_after_a_comma_may_hold_the_one_before() -> None:
    inner, outer = mentions("They landed in Gao, Mali.")
    assert inner.within == ("Mali",)
    assert outer.within == ()


def test_names_in_a_list_are_all_found() -> None:
    assert [mention.toponym for mention in mentions("They are in Poland, Latvia and Estonia.")] == [
        "Poland",
        "Latvia",
        "Estonia",
    ]


def test_a_name_that_may_be_no_place_is_offered_as_unsure() -> None:
    found = {mention.toponym: mention.certain for mention in mentions("Michael Jordan went to Norway.")}
    assert found.get("Norway") is True
    assert found.get("Michael Jordan", False) is False
    assert "Jordan" not in found


def test_a_demonym_alone_is_no_place() -> None:
    assert mentions("The Danish soldiers slept.") == []


@pytest.mark.parametrize(
    ("text", "words", "within"),
    [
        ("TALLINN (Northern Wire) - Troops came.", "TALLINN", ()),
        ("TALLINN, Estonia—Troops came.", "TALLINN, Estonia", ("Estonia",)),
    ],
)
def test_datelines_are_places_and_no_part_of_the_sentence(text: str, words: str, within: tuple[str, ...]) -> None:
    parsed = reader().parse(Article("test", "", text))
    (mention,) = reader().mentions(parsed)
    assert (mention.text, mention.toponym, mention.within) == (words, "Tallinn", within)
    assert parsed.paragraphs[0].paragraph.doc.text == "Troops came."


def test_mentions_are_in_order_and_do_not_overlap() -> None:
    text = "OSLO (Wire) - They left Gao, Mali, for northern Niger.\n\nThe Nigerien border is shut. Niamey protested."
    found = reader().mentions(reader().parse(Article("test", "", text), whole=True))
    assert [mention.text for mention in found] == [
        "OSLO",
        "Gao",
        "Mali",
        "northern Niger",
        "Nigerien border",
        "Niamey",
    ]
    assert all(a.span.end <= b.span.start for a, b in itertools.pairwise(found))
    assert all(verbatim(mention, text) for mention in found)


def verbatim(mention: Mention, text: str) -> bool:
    return mention.span.of(text) == mention.text


@pytest.mark.parametrize(
    ("text", "toponyms"),
    [
        ("They called the Oslo Police Department.", ["Oslo"]),
        ("They stood before the Dublin City Council.", ["Dublin"]),
        ("They live in West Virginia.", ["West Virginia"]),
        ("They live in northeastern Georgia.", ["Georgia"]),
        ("They read the Los Angeles Times.", []),
        ("They caught the Marburg virus.", []),
        ("It is so. COLUMBUS, Ohio - They came.", ["Columbus", "Ohio"]),
    ],
)
def test_which_part_of_a_longer_name_is_a_place(text: str, toponyms: list[str]) -> None:
    found = [mention.toponym for mention in mentions(text)]
    assert [name for name in found if not name.startswith(("Los Angeles Times", "the "))] == toponyms


def test_a_name_recurs_within_others_but_not_in_a_persons() -> None:
    found = [
        mention.toponym
        for mention in mentions("They live in Lincoln. Most Lincoln residents work. Abraham Lincoln died.")
    ]
    assert found.count("Lincoln") == 2


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("They hold the road between Kyiv and Zhytomyr.", [("between Kyiv", "region", ("Zhytomyr",))]),
        ("The ship was halfway between Cyprus and Lebanon.", [("between Cyprus", "region", ("Lebanon",))]),
        ("Frigates watch the waters between Cyprus and Lebanon.", [("between Cyprus", "sea", ("Lebanon",))]),
        ("Talks between Moscow and Kyiv broke down.", []),
    ],
)
def test_what_lies_between_two_places_is_an_area_and_what_passes_between_them_is_none(
    text: str, expected: list[tuple[str, str, tuple[str, ...]]]
) -> None:
    found = [(one.text, one.kind, one.within) for one in mentions(text) if one.relation == "between"]
    assert found == expected
