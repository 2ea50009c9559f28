"""Each filter alone and together: what is shown, what each field keeps out, what goes to the tray."""

from __future__ import annotations

from datetime import date

import pytest

from records import ClaimFilter
from store.frame import COLUMNS
from store.protocol import Facet, Store
from store.summary import ARTICLES_APART
from tests import readings
from tests.readings import BLACK_SEA, ESTONIA, LITHUANIA, ROMANIA, Said

ALL = ClaimFilter()


def counts(facets: tuple[Facet, ...]) -> dict[str, int]:
    return {facet.value: facet.count for facet in facets}


@pytest.mark.parametrize(
    ("wanted", "shown"),
    [
        (ALL, 8),
        (ClaimFilter(actors=("FRA",)), 3),
        (ClaimFilter(actors=("FRA", "RUS")), 5),
        (ClaimFilter(hosts=("ROU",)), 1),
        (ClaimFilter(hosts=(BLACK_SEA.gazetteer_id,)), 2),
        (ClaimFilter(hosts=("SDN",)), 1),
        (ClaimFilter(hosts=("SDN", "TCD")), 1),
        (ClaimFilter(since=date(2022, 1, 28)), 5),
        (ClaimFilter(until=date(2022, 1, 27)), 1),
        (ClaimFilter(since=date(2022, 2, 10)), 1),
        (ClaimFilter(since=date(2022, 2, 10), until=date(2022, 2, 12)), 1),
        (ClaimFilter(since=date(2022, 3, 1)), 0),
        (ClaimFilter(statuses=("planned", "discussed")), 2),
        (ClaimFilter(assets=("naval",)), 2),
        (ClaimFilter(articles=("baltic", "sample")), 3),
        (ClaimFilter(sources=("Harbour News",)), 3),
        (ClaimFilter(minimum_confidence=0.7), 7),
        (ClaimFilter(place=BLACK_SEA.gazetteer_id), 2),
        (ClaimFilter(actors=("FRA",), assets=("naval",), hosts=("ROU",)), 0),
        (ClaimFilter(actors=("nobody",)), 0),
    ],
)
def test_filters(filled: Store, wanted: ClaimFilter, shown: int) -> None:
    summary = filled.summary(wanted)
    assert summary.shown == shown
    assert summary.total == 8
    rows = filled.claims(wanted)
    assert len(rows) == shown
    assert list(rows.columns) == list(COLUMNS)
    assert sum(mark.count for mark in summary.marks) == shown - summary.unplaced
    assert summary.places == len({(mark.place, mark.lat) for mark in summary.marks})


@pytest.mark.parametrize(
    ("search", "articles"),
    [
        ("frigates", {"black-sea"}),
        ("FRIG", {"black-sea"}),
        ("rigates", set()),
        ("constanta", {"black-sea"}),
        ("soldiers lithuania", {"baltic"}),
        ('"soldiers in lithuania"', {"baltic"}),
        ('"lithuania soldiers"', set()),
        ("harbour", {"black-sea"}),
        ("allies", {"baltic"}),
        ("100%", set()),
        ("_", set()),
        ("%", {"baltic", "black-sea", "in-doubt", "sample"}),
        ("' OR 1=1 --", set()),
        ("chad-sudan", {"in-doubt"}),
    ],
)
def test_search(filled: Store, search: str, articles: set[str]) -> None:
    assert set(filled.claims(ClaimFilter(search=search))["article"]) == articles


def test_facets_leave_their_own_field_open(filled: Store) -> None:
    summary = filled.summary(ClaimFilter(actors=("FRA",), assets=("naval",)))
    assert counts(summary.actors) == {"FRA": 1, "RUS": 1}
    assert counts(summary.assets) == {"naval": 1, "ground": 2}
    assert counts(summary.statuses) == {"discussed": 1}
    assert counts(summary.hosts) == {BLACK_SEA.gazetteer_id: 1}
    assert counts(summary.by_article) == {"black-sea": 1}
    assert counts(summary.excluded) == {"actors": 1, "assets": 2}
    within = filled.summary(ClaimFilter(hosts=("ROU",), articles=("baltic",), statuses=("planned",)))
    assert within.shown == 0
    assert counts(within.hosts) == {"EST": 1}
    assert counts(within.by_article) == {}
    assert counts(within.statuses) == {}


def test_facets_are_labelled(filled: Store) -> None:
    summary = filled.summary(ALL)
    labels = {facet.value: facet.label for facet in summary.hosts}
    assert (labels[BLACK_SEA.gazetteer_id], labels["ROU"]) == ("Black Sea", "ROU")
    assert {facet.label for facet in summary.by_article} >= {"Rumours", "Ships in the Black Sea"}
    assert counts(summary.hosts)["SDN"] == counts(summary.hosts)["TCD"] == 1


def test_the_tray(filled: Store) -> None:
    summary = filled.summary(ALL)
    assert (summary.unplaced, summary.undated) == (1, 2)
    by_date = filled.summary(ClaimFilter(since=date(2022, 1, 1)))
    assert (by_date.shown, by_date.unplaced, by_date.undated) == (6, 0, 2)
    assert counts(by_date.excluded) == {"dates": 2}
    assert filled.summary(ClaimFilter(actors=("TCD",), since=date(2022, 1, 1))).undated == 1


def test_the_header(filled: Store) -> None:
    summary = filled.summary(ClaimFilter(actors=("FRA",)))
    assert (summary.articles, summary.places, summary.unreviewed, summary.samples) == (2, 3, 3, 1)
    assert summary.updated
    assert summary.updated.tzinfo
    empty = filled.summary(ClaimFilter(actors=("nobody",)))
    assert (empty.articles, empty.places, empty.updated) == (0, 0, summary.updated)


def test_days_say_whose_they_are(filled: Store) -> None:
    days = {(day.day, day.stated): day.count for day in filled.summary(ClaimFilter(statuses=("deployed",))).days}
    assert days == {(date(2022, 1, 20), True): 1, (date(2022, 1, 28), False): 2}
    planned = filled.summary(ClaimFilter(statuses=("planned",))).days
    assert [(day.day, day.stated) for day in planned] == [(date(2022, 2, 1), True)]


def test_an_empty_store(store: Store) -> None:
    summary = store.summary(ALL)
    assert (summary.total, summary.shown, summary.updated, summary.marks, summary.days) == (0, 0, None, (), ())
    rows = store.claims(ALL)
    assert (len(rows), list(rows.columns), rows.crs.to_epsg()) == (0, list(COLUMNS), 4326)


# Marks and lists when there are many articles


@pytest.fixture
def crowded(store: Store) -> Store:
    for number in range(ARTICLES_APART + 1):
        store.save(
            readings.reading(
                Said("Germany has soldiers in Lithuania.", "DEU", "Lithuania", LITHUANIA),
                id=f"article-{number:02}",
                title=f"Article {number}",
            )
        )
    return store


def test_marks_are_brought_together_above_fifty_articles(crowded: Store) -> None:
    together = crowded.summary(ALL)
    assert [(mark.article, mark.count) for mark in together.marks] == [("", ARTICLES_APART + 1)]
    chosen = crowded.summary(ClaimFilter(articles=("article-00", "article-50")))
    assert [(mark.article, mark.count) for mark in chosen.marks] == [("article-00", 1), ("article-50", 1)]


def test_the_list_of_articles_is_short_and_keeps_the_chosen(crowded: Store) -> None:
    assert len(crowded.summary(ALL).by_article) == ARTICLES_APART
    listed = {facet.value for facet in crowded.summary(ALL).by_article}
    left_out = {f"article-{number:02}" for number in range(ARTICLES_APART + 1)} - listed
    with_chosen = crowded.summary(ClaimFilter(articles=tuple(left_out)))
    assert counts(with_chosen.by_article).keys() == listed | left_out


# Rows


def test_rows_are_complete_and_in_order(filled: Store) -> None:
    rows = filled.claims(ALL)
    assert list(rows["day"].dropna()) == sorted(rows["day"].dropna(), reverse=True)
    assert list(rows["day"][-2:]) == [None, None]
    row = rows[rows["article"] == "baltic"].iloc[0]
    assert row["evidence"] == "Denmark will send fighters to Estonia in February 2022, officials said."
    assert (row["day"], row["last_day"], row["stated"]) == ("2022-02-01", "2022-02-28", True)
    assert (row["speaker"], row["outlet"], row["review"], row["sample"]) == (
        "officials",
        "Test Gazette",
        "unreviewed",
        False,
    )
    assert (row.geometry.x, row.geometry.y) == (ESTONIA.lon, ESTONIA.lat)
    other = rows[rows["article"] == "baltic"].iloc[1]
    assert (other["quantity_low"], other["quantity"], other["countries"]) == (500, "500 soldiers", ("LTU",))
    unplaced = rows[rows["place"].isna()].iloc[0]
    assert unplaced.geometry.is_empty
    assert unplaced["place_text"] == "Zubrowka"


def test_pages_of_rows_fit_together(filled: Store) -> None:
    whole = list(filled.claims(ALL)["id"])
    pages = [list(filled.claims(ALL, limit=3, offset=offset)["id"]) for offset in (0, 3, 6, 9)]
    assert [id for page in pages for id in page] == whole
    assert [len(page) for page in pages] == [3, 3, 2, 0]


def test_evidence_is_cut_by_characters_not_bytes(store: Store) -> None:
    sentence = "🛩 Żołnierze są in Romania — 𝒩."
    store.save(readings.reading(Said("🛩🛩 é", "X", "é", None), Said(sentence, "POL", "Romania", ROMANIA), id="wide"))
    assert sentence in set(store.claims(ALL)["evidence"])


# Places that are only named


def test_places_named_without_a_claim(filled: Store) -> None:
    named = filled.mentions(ALL)
    assert [(one.place.name, one.mention.text) for one in named if one.place] == [("Ukraine", "Ukraine")]
    assert filled.mentions(ClaimFilter(articles=("baltic",))) == []
    # A filter by claim does not choose articles.
    assert len(filled.mentions(ClaimFilter(articles=("black-sea",), actors=("DEU",)))) == 1
