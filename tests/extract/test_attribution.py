"""Who says so, as written."""

from __future__ import annotations

import pytest

from tests.extract.english import read, read_one


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("The minister said Norway had sent 80 soldiers to Estonia.", "The minister"),
        ("Norway has sent 80 soldiers to Estonia, General Ola Lien said.", "General Ola Lien"),
        ("Norway has sent 80 soldiers to Estonia, according to two diplomats.", "two diplomats"),
        ("The army confirmed that 80 Norwegian soldiers had arrived in Estonia.", "The army"),
        ("Norway has sent 80 soldiers to Estonia.", None),
    ],
)
def test_the_holder_in_the_sentence(text: str, source: str | None) -> None:
    assert read_one(text).source == source


def test_a_pronoun_is_the_holder_named_before() -> None:
    claims = read(
        "Admiral Moe said Norway had sent a frigate to Iceland. She added that Norway had sent soldiers to Estonia."
    )
    assert {claim.source for claim in claims} == {"Admiral Moe"}


def test_a_label_of_a_transcript_is_the_holder() -> None:
    claim = read_one("MS. HOLM: Norway has sent 80 soldiers to Estonia.")
    assert claim.source == "MS. HOLM"


def test_a_quiet_label_is_the_holder_where_speakers_take_turns() -> None:
    talk = "Question: Where are they?\nColonel Sørby: Norway has sent 80 soldiers to Estonia.\nQuestion: When?"
    assert read_one(talk).source == "Colonel Sørby"


def test_a_heading_before_a_colon_is_no_holder() -> None:
    assert read_one("Background: Norway has sent 80 soldiers to Estonia.").source is None


def test_whoever_asks_is_the_holder_of_what_the_question_says() -> None:
    assert read_one("Q Norway has sent 80 soldiers to Estonia. Why?").source == "Q"


def test_the_subject_of_the_claim_is_not_its_holder() -> None:
    assert read_one("Norway sent 80 soldiers to Estonia and said nothing.").source is None
