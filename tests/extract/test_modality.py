"""Is it so, will it be, might it be, is it denied: one table of constructions."""

from __future__ import annotations

import pytest

from records import Status
from tests.extract.english import read_one

CONSTRUCTIONS: list[tuple[str, Status]] = [
    ("Norway sent 80 soldiers to Estonia.", "deployed"),
    ("Norway has sent 80 soldiers to Estonia.", "deployed"),
    ("Norway has 80 soldiers in Estonia.", "deployed"),
    ("80 Norwegian soldiers are stationed in Estonia.", "deployed"),
    ("80 Norwegian soldiers arrived in Estonia.", "deployed"),
    ("Norway is sending 80 soldiers to Estonia.", "deploying"),
    ("80 Norwegian soldiers are being sent to Estonia.", "deploying"),
    ("Norway has begun sending 80 soldiers to Estonia.", "deploying"),
    ("Norway will send 80 soldiers to Estonia.", "planned"),
    ("Norway plans to send 80 soldiers to Estonia.", "planned"),
    ("Norway has decided to send 80 soldiers to Estonia.", "planned"),
    ("Norway ordered the deployment of 80 soldiers to Estonia.", "planned"),
    ("80 Norwegian soldiers will be sent to Estonia.", "planned"),
    ("Norway offered to send 80 soldiers to Estonia.", "offered"),
    ("Norway is ready to send 80 soldiers to Estonia.", "offered"),
    ("Norway may send 80 soldiers to Estonia.", "discussed"),
    ("Norway could send 80 soldiers to Estonia.", "discussed"),
    ("Norway should send 80 soldiers to Estonia.", "discussed"),
    ("Norway is considering sending 80 soldiers to Estonia.", "discussed"),
    ("If Norway sends 80 soldiers to Estonia, others will follow.", "discussed"),
    ("Norway did not send 80 soldiers to Estonia.", "denied"),
    ("Norway has never sent soldiers to Estonia.", "denied"),
    ("There are no Norwegian soldiers in Estonia.", "denied"),
    ("No Norwegian soldiers were sent to Estonia.", "denied"),
    ("Norwegian soldiers are exercising in Estonia.", "exercise"),
    ("Norwegian soldiers began a drill in Estonia.", "exercise"),
    ("Norway pulled its soldiers out of Estonia.", "withdrawn"),
    ("Norwegian soldiers will leave Estonia.", "withdrawn"),
    ("The withdrawal of Norwegian soldiers from Estonia began.", "withdrawn"),
    ("80 Norwegian soldiers left Estonia.", "withdrawn"),
]


@pytest.mark.parametrize(("text", "status"), CONSTRUCTIONS, ids=[text for text, _ in CONSTRUCTIONS])
def test_status(text: str, status: Status) -> None:
    claim = read_one(text)
    assert (claim.actor, claim.place.toponym, claim.status) == ("NOR", "Estonia", status)


@pytest.mark.parametrize(("text", "status"), CONSTRUCTIONS, ids=[text for text, _ in CONSTRUCTIONS])
def test_only_what_leaves_goes_out(text: str, status: Status) -> None:
    assert (read_one(text).direction == "out") == (status == "withdrawn")


@pytest.mark.parametrize(
    "text",
    [
        "Norway reportedly sent 80 soldiers to Estonia.",
        "Norway is said to have sent 80 soldiers to Estonia.",
        "Norway may send 80 soldiers to Estonia.",
        "Norway has probably sent 80 soldiers to Estonia.",
    ],
)
def test_doubt_is_kept(text: str) -> None:
    assert read_one(text).hedged


@pytest.mark.parametrize(
    "text",
    [
        "Norway sent 80 soldiers to Estonia.",
        "Norway plans to send 80 soldiers to Estonia.",
        "The minister said Norway had sent 80 soldiers to Estonia.",
        "Norway sent some 80 soldiers to Estonia.",
    ],
)
def test_plans_attribution_and_round_numbers_are_no_doubt(text: str) -> None:
    assert not read_one(text).hedged
