"""A text in windows: every sentence is read once, and what it needs to look back at is there."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tokenizers import Tokenizer

from extract.encoder import load_tokenizer
from extract.windows import AFTER, BEFORE, CORE, TITLE, cut, windows
from records import Span
from settings import DATA

SENTENCE = "Some 200 Danish soldiers arrived at Ämari air base. "


@pytest.fixture(scope="module")
def tokenizer() -> Tokenizer:
    return load_tokenizer(DATA / "reader-en" / "tokenizer.json")


def spans_of(text: str, sentence: str = SENTENCE) -> list[Span]:
    size = len(sentence)
    return [Span(start, start + size - 1) for start in range(0, len(text), size)]


def test_pieces_know_where_they_stand(tokenizer: Tokenizer) -> None:
    pieces = cut("They flew to Ämari.", tokenizer)

    first, last = pieces.holding(Span(13, 18))

    assert pieces.starts[first] == 13
    assert pieces.ends[last - 1] == 18


def test_a_short_text_is_one_window(tokenizer: Tokenizer) -> None:
    text = SENTENCE * 3

    (window,) = windows(cut("Danes land", tokenizer), cut(text, tokenizer), spans_of(text), tokenizer)

    assert window.core == Span(0, len(text) - 1)
    assert window.pieces[0] == tokenizer.token_to_id("[CLS]")


@pytest.mark.parametrize("count", [1, 20, 57, 200])
def test_cores_cover_each_sentence_once_and_windows_stay_bounded(tokenizer: Tokenizer, count: int) -> None:
    text = SENTENCE * count
    sentences = spans_of(text)

    found = list(windows(cut("A title", tokenizer), cut(text, tokenizer), sentences, tokenizer))

    for sentence in sentences:
        assert sum(window.core.covers(sentence) for window in found) == 1
    assert max(len(window.pieces) for window in found) <= CORE + BEFORE + AFTER + TITLE + 3


def test_a_window_holds_the_sentences_before_its_core(tokenizer: Tokenizer) -> None:
    text = SENTENCE * 60
    pieces = cut(text, tokenizer)

    second = list(windows(cut("", tokenizer), pieces, spans_of(text), tokenizer))[1]

    assert pieces.starts[second.first] < second.core.start - 3 * len(SENTENCE)


def test_a_sentence_without_end_is_cut(tokenizer: Tokenizer) -> None:
    text = "ships " * 5_000

    found = list(windows(cut("", tokenizer), cut(text, tokenizer), [Span(0, len(text) - 1)], tokenizer))

    assert max(len(window.pieces) for window in found) <= CORE + BEFORE + AFTER + TITLE + 3
    assert found[-1].core.end == len(text) - 1


@given(text=st.text(max_size=300))
def test_any_text_can_be_cut(text: str) -> None:
    tokenizer = load_tokenizer(DATA / "reader-en" / "tokenizer.json")
    pieces = cut(text, tokenizer)

    assert all(0 <= start <= end <= len(text) for start, end in zip(pieces.starts, pieces.ends, strict=True))
    list(windows(pieces, pieces, [Span(0, len(text))] if text else [], tokenizer))
