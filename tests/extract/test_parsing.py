"""What of a text is parsed, and that every part keeps its place."""

from __future__ import annotations

from functools import cache

from extract.attribution import in_quotes
from extract.cascade import BACK, Words, words_of
from extract.parsing import LONGEST, Parsing, parse
from extract.scene import scenes, spot
from records import Article
from tests.extract.english import lexicon, reader

CIVIL = "The mayor opened a bakery in Oslo. "
MILITARY = "Norway sent 80 soldiers to Estonia. "


@cache
def words() -> Words:
    return words_of(lexicon())


def partly(text: str) -> Parsing:
    return parse(Article("test", "A title", text), words())


def test_only_what_is_near_forces_is_parsed_and_all_of_it_keeps_its_place() -> None:
    text = CIVIL * 100 + MILITARY + CIVIL * 100
    looked_through, parsed = partly(text).paragraphs
    assert (looked_through.depth, parsed.depth) == ("looked through", "parsed")
    for paragraph in (looked_through, parsed):
        assert text[paragraph.offset :].startswith(paragraph.doc.text)
    assert looked_through.doc.text == CIVIL * BACK
    assert MILITARY in parsed.doc.text
    assert len(parsed.doc.text) < 20 * len(CIVIL)


def test_without_words_all_is_parsed() -> None:
    (paragraph,) = parse(Article("test", "", CIVIL * 100)).paragraphs
    assert paragraph.depth == "parsed"
    assert paragraph.doc.text == CIVIL * 100
    assert partly(CIVIL * 100).paragraphs == ()


def test_what_was_looked_through_has_sentences_and_names_alone() -> None:
    first = partly(CIVIL * 100 + MILITARY).paragraphs[0]
    spotted = spot(first, lexicon())
    assert len(list(first.doc.sents)) == BACK
    assert {sentence.text.strip() for sentence in first.doc.sents} == {CIVIL.strip()}
    assert [first.doc[term.start].text for term in spotted.actors] == ["Oslo"] * BACK
    assert [term.toponym for term in spotted.places] == ["Oslo"] * BACK
    assert spotted.forces == ()
    for scene in scenes(spotted, {term.start: None for term in spotted.places}, lexicon()):  # type: ignore[misc]
        assert scene.triggers == ()
        assert all(token.head.i == token.i and not token.tag_ and not list(token.children) for token in scene.sentence)


def test_a_dateline_is_kept_where_nothing_is_parsed() -> None:
    text = f"OSLO, Norway (Wire) - {CIVIL}"
    assert partly(text).paragraphs == ()
    assert [span.of(text) for span in partly(text).datelines] == ["OSLO, Norway"]


def test_a_quotation_that_began_in_what_is_not_read_is_one() -> None:
    text = f'He said: "{CIVIL * 100}{MILITARY}" {MILITARY}'
    paragraph = partly(text).paragraphs[-1]
    assert '"' not in paragraph.doc.text[: paragraph.doc.text.index("sent")]
    located = dict.fromkeys(range(len(paragraph.doc)))
    told = [scene for scene in scenes(spot(paragraph, lexicon()), located, lexicon()) if scene.forces]  # type: ignore[arg-type]
    assert [in_quotes(scene, scene.sentence.root) for scene in told] == [True, False]


def test_the_models_vectors_are_let_go() -> None:
    assert all(paragraph.doc.tensor is None for paragraph in partly(MILITARY).paragraphs)


def test_texts_that_fill_several_batches_stay_in_order() -> None:
    lines = [f"Norway sent {number} soldiers to Estonia. " * 200 for number in range(100, 108)]
    text = "\n\n".join(lines)
    assert len(lines[0]) * 4 > LONGEST
    found = partly(text).paragraphs
    assert [paragraph.doc.text for paragraph in found] == lines
    assert all(text[paragraph.offset :].startswith(paragraph.doc.text) for paragraph in found)


def test_a_sentence_of_ten_thousand_words_is_read() -> None:
    names = ", ".join(["Estonia", "Latvia", "the long and narrow coast"] * 1_700)
    text = f"Norway sent 80 soldiers to {names} and Denmark."
    parsed = reader().parse(Article("long", "", text))
    assert len(text.split()) > 10_000
    assert sum(len(spotted.paragraph.doc) for spotted in parsed.paragraphs) > 10_000
    assert reader().mentions(parsed)[1].text == "Estonia"


def test_a_sentence_without_end_is_read_in_bounded_scenes() -> None:
    text = "Norway sent " + ", ".join(["80 soldiers and two frigates to Estonia"] * 80) + "."
    (paragraph,) = partly(text).paragraphs
    spotted = spot(paragraph, lexicon())
    located = dict.fromkeys(term.start for term in spotted.places)
    found = list(scenes(spotted, located, lexicon()))  # type: ignore[arg-type]
    assert max(len(scene.sentence) for scene in found) <= 250
    assert sum(len(scene.sentence) for scene in found) == len(paragraph.doc)
    assert [force for scene in found for force in scene.forces] == list(spotted.forces)
