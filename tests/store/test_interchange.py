"""Readings as JSON, in the form of the shared schema."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from records import Reading, Span
from store.interchange import claim_json, claims_json, spans_json
from tests import readings


@pytest.mark.parametrize("reading", [readings.baltic(), readings.black_sea(), readings.in_doubt(), readings.sample()])
def test_claims_fit_the_schema(reading: Reading, shared: Path) -> None:
    schema = json.loads((shared / "claim.schema.json").read_text(encoding="utf-8"))
    for claim in json.loads(json.dumps(claims_json(reading))):
        jsonschema.validate(claim, schema, jsonschema.Draft202012Validator)


def test_a_claim_says_what_was_read() -> None:
    reading = readings.baltic()
    first, second = (claim_json(claim, reading) for claim in reading.claims)
    assert first["quantity"] == {"low": 500, "high": 500, "of": "personnel", "text": "500 soldiers"}
    assert first["place"] == {
        "text": "Lithuania",
        "name": "Lithuania",
        "kind": "country",
        "lat": 55.0,
        "lon": 24.0,
        "countries": ["LTU"],
        "gazetteer_id": "t:LTU",
    }
    assert second["date"] == {"start": "2022-02", "end": None, "text": "in February 2022"}
    evidence = second["evidence"]
    assert isinstance(evidence, dict)
    assert reading.article.text[evidence["start"] : evidence["end"]] == evidence["text"]


def test_a_place_that_was_not_found_is_told_as_such() -> None:
    reading = readings.in_doubt()
    place = claim_json(reading.claims[0], reading)["place"]
    assert place == {
        "text": "Zubrowka",
        "name": None,
        "kind": "region",
        "lat": None,
        "lon": None,
        "countries": [],
        "gazetteer_id": None,
    }


def test_spans_say_what_else_it_could_be() -> None:
    reading = readings.baltic()
    spans: list[dict[str, Any]] = spans_json(reading.placements)
    assert [reading.article.text[span["start"] : span["end"]] for span in spans] == ["Lithuania", "Estonia"]
    assert spans[0]["text"] == "Lithuania"
    assert spans[0]["candidates"] == [
        {k: v for k, v in spans[0].items() if k not in {"start", "end", "text", "candidates"}} | {"score": 0.9}
    ]
    nowhere = replace(reading.placements[0], place=None, candidates=())
    assert spans_json([nowhere]) == [
        {"start": 28, "end": 37, "text": "Lithuania", "kind": "country", "countries": [], "candidates": []}
        | dict.fromkeys(("name", "lat", "lon", "gazetteer_id"))
    ]


def test_a_place_is_named_without_the_words_around_it() -> None:
    """The claim's place keeps the whole wording; a list of places marks the name."""
    placement = readings.baltic().placements[0]
    wider = replace(placement.mention, text="southern Lithuania", span=Span(19, 37), toponym="Lithuania")
    adjective = replace(placement.mention, text="Lithuanian border", span=Span(28, 45), toponym="Lithuania ")
    first, second = spans_json([replace(placement, mention=wider), replace(placement, mention=adjective)])
    assert (first["start"], first["end"], first["text"]) == (28, 37, "Lithuania")
    assert (second["start"], second["end"], second["text"]) == (28, 45, "Lithuanian border")
