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


def test_the_subject_of_the_claim_is_not_its_holder() -> None:
    assert read_one("Norway sent 80 soldiers to Estonia and said nothing.").source is None
