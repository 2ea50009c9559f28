"""Each rule: a construction that it reads, and one like it that it must leave alone."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from extract.rules.draft import Draft
from extract.rules.hosting import discusses, hosts
from extract.rules.nouns import nouns_of_movement
from extract.rules.presence import beside, stands
from extract.rules.verbs import leaves, moves, sends, state_moves
from extract.scene import Located, Scene, scenes, spot
from records import Article
from tests.extract import atlas
from tests.extract.english import lexicon, reader

Rule = Callable[[Scene], Iterator[Draft]]


def drafts(rule: Rule, text: str) -> list[Draft]:
    parsed = reader().parse(Article("test", "", text))
    places = {mention.span: mention for mention in reader().mentions(parsed)}
    found: list[Draft] = []
    for spotted in parsed.paragraphs:
        located = {}
        for term in spotted.places:
            stretch = spotted.paragraph.doc[term.start : term.end]
            offset = spotted.paragraph.offset
            mention = next(m for span, m in places.items() if span.start == offset + stretch.start_char)
            located[term.start] = Located(term, mention, atlas.place(mention))
        for scene in scenes(spot(spotted.paragraph, lexicon()), located, lexicon()):
            found += rule(scene)
    return found


def names(draft: Draft) -> set[str]:
    return {target.located.term.toponym if target.located else target.noun for target in draft.targets}


READS: list[tuple[Rule, str, str, set[str]]] = [
    (sends, "Belgium dispatched 90 soldiers to Romania.", "90 soldiers", {"Romania"}),
    (sends, "Soldiers stationed in Latvia and Poland sang.", "Soldiers", {"Latvia", "Poland"}),
    (moves, "Danish frigates entered the Baltic Sea.", "Danish frigates", {"Baltic Sea"}),
    (moves, "Malian soldiers patrol Gao.", "Malian soldiers", {"Gao"}),
    (leaves, "The Netherlands pulled its troops out of Mali.", "its troops", {"Mali"}),
    (leaves, "The last Czech soldiers left Gao.", "The last Czech soldiers", {"Gao"}),
    (hosts, "Djibouti hosts 450 Italian soldiers.", "450 Italian soldiers", {"Djibouti"}),
    (discusses, "Moldova asked Romania for troops.", "troops", {"Moldova"}),
    (nouns_of_movement, "The arrival of 60 Irish soldiers in Kosovo was late.", "60 Irish soldiers", {"Kosovo"}),
    (nouns_of_movement, "Greek warships began an exercise in the Red Sea.", "Greek warships", {"Red Sea"}),
    (stands, "Some 700 Polish soldiers are in Iraq.", "Some 700 Polish soldiers", {"Iraq"}),
    (stands, "Mali came first. There are 40 Danish soldiers there.", "40 Danish soldiers", {"there"}),
    (beside, "Kenyan troops, tired and wet, in Somalia.", "Kenyan troops", {"Somalia"}),
]
LEAVES_ALONE: list[tuple[Rule, str]] = [
    (sends, "Belgium sent a letter to Romania."),
    (sends, "Belgium gave 90 old tanks to Romania."),
    (moves, "Danish ministers entered the hall in Norway."),
    (moves, "Danish frigates entered service."),
    (leaves, "The company withdrew its staff from Mali."),
    (leaves, "The soldiers left early."),
    (state_moves, "Turkey moved closer to Poland."),
    (hosts, "Djibouti hosts 450 athletes."),
    (discusses, "Moldova asked Romania for gas."),
    (nouns_of_movement, "The arrival of 60 tourists in Kosovo was late."),
    (stands, "Some 700 teachers are in Iraq."),
    (beside, "Kenyan troops slept; it rained in Somalia."),
]


@pytest.mark.parametrize(("rule", "text", "force", "places"), READS, ids=[text for _, text, _, _ in READS])
def test_what_a_rule_reads(rule: Rule, text: str, force: str, places: set[str]) -> None:
    (draft,) = drafts(rule, text)
    assert [found.text for found in draft.forces] == [force]
    assert names(draft) == places
    assert 0 < draft.certainty <= 1


def test_a_state_moves_without_a_word_for_its_forces() -> None:
    (draft,) = drafts(state_moves, "Turkey moved into northern Syria.")
    assert draft.forces == ()
    assert [agent.text for agent in draft.agents] == ["Turkey"]
    assert names(draft) == {"Syria"}


@pytest.mark.parametrize(("rule", "text"), LEAVES_ALONE, ids=[text for _, text in LEAVES_ALONE])
def test_what_a_rule_leaves_alone(rule: Rule, text: str) -> None:
    assert drafts(rule, text) == []
