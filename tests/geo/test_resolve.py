"""The choice of the place that a text means, on mentions as an extractor would offer them."""

from __future__ import annotations

import pytest

from data.entries import distance_km
from geo.areas import derived
from geo.gazetteer import Gazetteer
from geo.resolve import resolve
from records import Mention, Place, PlaceKind, Placement, Span


def mention(toponym: str, at: int = 0, **more: object) -> Mention:
    return Mention(Span(at, at + len(toponym)), toponym, toponym, **more)  # type: ignore[arg-type]


def place_of(placement: Placement) -> Place:
    assert placement.place is not None, placement.reason
    return placement.place


def test_one_placement_for_each_mention_in_order(gazetteer: Gazetteer) -> None:
    mentions = [mention("Gao"), mention("Nowhereville-on-Sea"), mention("Mali"), mention("Gao", 50)]
    placements = resolve(mentions, gazetteer)
    assert [p.mention for p in placements] == mentions
    assert placements[0].place == placements[3].place
    assert placements[1].place is None and "Nowhereville" in placements[1].reason


def test_no_mentions_no_placements(gazetteer: Gazetteer) -> None:
    assert resolve([], gazetteer) == []


def test_what_follows_the_name_decides(gazetteer: Gazetteer) -> None:
    assert place_of(resolve([mention("Paris", within=("Texas",))], gazetteer)[0]).admin1 == "Texas"
    assert place_of(resolve([mention("Paris")], gazetteer)[0]).countries == ("FRA",)


def test_one_sense_in_a_text(gazetteer: Gazetteer) -> None:
    first, second = resolve([mention("Paris", within=("Texas",)), mention("Paris", 40)], gazetteer)
    assert first.place == second.place


def test_georgia_is_the_country_unless_the_text_is_about_the_state(gazetteer: Gazetteer) -> None:
    abroad = resolve([mention("Georgia"), mention("Tbilisi", 10), mention("Russia", 20)], gazetteer)
    assert place_of(abroad[0]).gazetteer_id == "country:GEO"
    names = ("Georgia", "Atlanta", "Savannah", "Macon", "Fort Bragg")
    home = resolve([mention(name, 10 * i) for i, name in enumerate(names)], gazetteer)
    assert place_of(home[0]).countries == ("USA",)


def test_countries_win_over_towns_of_their_name(gazetteer: Gazetteer) -> None:
    for name, code in (("Jordan", "JOR"), ("Lebanon", "LBN"), ("Mali", "MLI"), ("Chad", "TCD"), ("Turkey", "TUR")):
        assert place_of(resolve([mention(name)], gazetteer)[0]).gazetteer_id == f"country:{code}"


def test_other_places_of_the_text_decide(gazetteer: Gazetteer) -> None:
    names = ("Tripoli", "Beirut", "Sidon")
    assert place_of(resolve([mention(n, 10 * i) for i, n in enumerate(names)], gazetteer)[0]).countries == ("LBN",)
    names = ("Tripoli", "Benghazi", "Misrata")
    assert place_of(resolve([mention(n, 10 * i) for i, n in enumerate(names)], gazetteer)[0]).countries == ("LBY",)


def test_words_that_say_the_kind_decide(gazetteer: Gazetteer) -> None:
    assert place_of(resolve([mention("Ramstein", kind="base")], gazetteer)[0]).kind == "base"
    assert place_of(resolve([mention("Kherson", kind="admin1")], gazetteer)[0]).kind == "admin1"


@pytest.mark.parametrize("name", ["Johnson", "Biden", "Lavrov", "Macron", "Stoltenberg"])
def test_an_uncertain_name_is_no_place(gazetteer: Gazetteer, name: str) -> None:
    placement = resolve([mention(name, certain=False)], gazetteer)[0]
    assert placement.place is None and placement.reason


def test_alternatives_and_reasons_are_kept(gazetteer: Gazetteer) -> None:
    placement = resolve([mention("Paris")], gazetteer)[0]
    assert len(placement.candidates) > 1
    assert placement.candidates[0].place == placement.place
    assert sum(candidate.score for candidate in placement.candidates) <= 1.001
    assert "21 places" in placement.reason or "places of that name" in placement.reason


def test_a_part_of_a_country_is_an_area(gazetteer: Gazetteer) -> None:
    east = place_of(resolve([mention("Ukraine", relation="part", bearing="eastern")], gazetteer)[0])
    whole = place_of(resolve([mention("Ukraine")], gazetteer)[0])
    assert east.kind == "region" and east.countries == ("UKR",) and east.name == "eastern Ukraine"
    assert east.lon > whole.lon + 2 and 100 < east.radius_km < whole.radius_km


def test_off_a_coast_is_water(gazetteer: Gazetteer) -> None:
    off = place_of(resolve([mention("Somalia", relation="off")], gazetteer)[0])
    assert off.kind == "sea" and off.countries == ("SOM",)
    assert off.lon > 46


def test_distance_and_bearing_move_the_point(gazetteer: Gazetteer) -> None:
    gao = place_of(resolve([mention("Gao")], gazetteer)[0])
    near = place_of(resolve([mention("Gao", relation="near", bearing="north", distance_km=80.0)], gazetteer)[0])
    assert near.lat == pytest.approx(gao.lat + 80 / 110.6, abs=0.02) and near.lon == pytest.approx(gao.lon, abs=0.01)
    assert near.radius_km >= 16


def test_near_without_a_distance_says_how_far_it_may_be(gazetteer: Gazetteer) -> None:
    near = place_of(resolve([mention("Kharkiv", relation="near")], gazetteer)[0])
    assert near.kind == "region" and near.radius_km >= 25


def test_a_shared_border_lies_between_the_two(gazetteer: Gazetteer) -> None:
    border = place_of(resolve([mention("Poland", relation="border", within=("Belarus",))], gazetteer)[0])
    assert border.countries == ("POL", "BLR")
    assert 52 < border.lat < 54 and 23 < border.lon < 24.2


def between(one: str, other: str, kind: PlaceKind = "region") -> Mention:
    return mention(one, relation="between", within=(other,), kind=kind)


def test_between_two_towns_is_the_stretch_that_joins_them(gazetteer: Gazetteer) -> None:
    area = place_of(resolve([between("Kyiv", "Zhytomyr")], gazetteer)[0])
    assert area.name == "between Kyiv and Zhytomyr" and area.kind == "region" and area.countries == ("UKR",)
    for lat, lon in ((50.45, 30.52), (50.26, 28.68)):  # both ends, as far from the middle as the radius says
        assert distance_km(area.lat, area.lon, lat, lon) == pytest.approx(area.radius_km, abs=3)
    assert area.lat == pytest.approx(50.36, abs=0.05) and area.lon == pytest.approx(29.6, abs=0.05)


def test_waters_between_two_countries_are_nobodys(gazetteer: Gazetteer) -> None:
    area = place_of(resolve([between("Cyprus", "Lebanon", kind="sea")], gazetteer)[0])
    assert area.kind == "sea" and area.countries == () and area.littoral == ("CYP", "LBN")
    assert 33.5 < area.lat < 35.5 and 33.5 < area.lon < 35.5 and 80 < area.radius_km < 200


def test_between_neighbours_is_their_border(gazetteer: Gazetteer) -> None:
    area = place_of(resolve([between("Poland", "Belarus")], gazetteer)[0])
    border = place_of(resolve([mention("Poland", relation="border", within=("Belarus",))], gazetteer)[0])
    assert (area.lat, area.lon, area.radius_km) == (border.lat, border.lon, border.radius_km)
    assert area.countries == ("POL", "BLR")


def test_between_goes_the_short_way_over_the_antimeridian(gazetteer: Gazetteer) -> None:
    area = place_of(resolve([between("Suva", "Apia")], gazetteer)[0])
    assert abs(area.lon) > 175 and -18.2 < area.lat < -13.8


def test_the_text_tells_which_ends_are_meant(gazetteer: Gazetteer) -> None:
    row = [between("Athens", "Macon"), mention("Georgia", 30, kind="admin1"), mention("Savannah", 50)]
    area = place_of(resolve(row, gazetteer)[0])
    assert area.countries == ("USA",) and area.radius_km < 100


def test_between_a_place_and_an_unknown_one_is_nowhere(gazetteer: Gazetteer) -> None:
    placement = resolve([between("Kyiv", "Nowhereville-on-Sea")], gazetteer)[0]
    assert placement.place is None and "Nowhereville" in placement.reason


def test_between_without_a_text_takes_the_nearest_other_end(gazetteer: Gazetteer) -> None:
    """A reader who chooses another Athens moves the stretch with it."""
    mine = between("Athens", "Macon")
    american = [e for e in gazetteer.candidates("Athens", countries=["USA"]) if e.place.admin1 == "Georgia"]
    assert derived(american[0], mine, gazetteer).radius_km < 100


def test_what_a_state_holds_tells_which_it_is(gazetteer: Gazetteer) -> None:
    _, outer = resolve([mention("Atlanta", within=("Georgia",)), mention("Georgia", 9)], gazetteer)
    assert place_of(outer).gazetteer_id.startswith("admin1:")


def test_names_in_a_row_are_of_one_kind(gazetteer: Gazetteer) -> None:
    row, at = [], 0
    for name in ("Michigan", "Louisiana", "Missouri", "Ohio", "Washington"):
        row.append(mention(name, at))
        at += len(name) + 2
    assert {place_of(placement).kind for placement in resolve(row, gazetteer)} == {"admin1"}


def test_a_people_is_no_place(gazetteer: Gazetteer) -> None:
    (placement,) = resolve([mention("Danish", certain=False)], gazetteer)
    assert placement.place is None and "people" in placement.reason
