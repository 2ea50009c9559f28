"""Parts of speech and lemmas as spaCy's own components give them, at a tenth of the cost.

spaCy matches 180 patterns against every token to turn tags into parts of speech. All but a few look at one token
alone: at its tag, its dependency and, for some two hundred words, its form. What they make of such a token is asked
once and remembered. The lemmatiser looks words up in lists of tens of thousands, where a set answers at once.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import numpy as np
from spacy.language import Language
from spacy.pipeline import AttributeRuler
from spacy.tokens import Doc, Token

if TYPE_CHECKING:
    from spacy.vocab import Vocab

_ASKED: list[int | str] = ["POS", "MORPH", "LEMMA"]
_SEEN: list[int | str] = ["TAG", "DEP", "LOWER", "IS_SPACE"]
_ANY_WORD, _ANY_RELATION = "any", "meta"  # what no pattern asks for

Key = tuple[int, int, int]


def quicken(pipeline: Language) -> None:
    """Put the quick rules in the place of spaCy's, and give the lemmatiser sets, in a pipeline that has both."""
    ruler = pipeline.get_pipe("attribute_ruler")
    assert isinstance(ruler, AttributeRuler)
    at = pipeline.pipe_names.index("attribute_ruler")
    pipeline.remove_pipe("attribute_ruler")
    pipeline.add_pipe("quick_rules", before=at)
    pipeline.get_pipe("quick_rules").take_over(ruler)  # type: ignore[attr-defined]
    lookups: Any = pipeline.get_pipe("lemmatizer").lookups  # type: ignore[attr-defined]
    index = lookups.get_table("lemma_index")
    for part in list(index):
        index[part] = frozenset(index[part])


class QuickRules:
    """A pipeline component that answers as ``AttributeRuler`` does."""

    def __init__(self, vocab: Vocab) -> None:
        self._vocab = vocab
        self._whole = AttributeRuler(vocab)
        self._of_several = AttributeRuler(vocab)
        self._told: dict[Key, tuple[int, int, int]] = {}
        self._words: frozenset[int] = frozenset()
        self._relations: frozenset[int] = frozenset()
        self._other = vocab.strings.add(_ANY_RELATION)

    def take_over(self, ruler: AttributeRuler) -> None:
        self._whole = ruler
        alone = [one for one in ruler.patterns if _asks_for_values(one)]
        self._of_several.add_patterns([one for one in ruler.patterns if not _asks_for_values(one)])
        self._words = frozenset(self._vocab.strings.add(word) for word in _values(alone, "LOWER"))
        self._relations = frozenset(self._vocab.strings.add(word) for word in _values(alone, "DEP"))

    def __call__(self, doc: Doc) -> Doc:
        if not len(doc):
            return doc
        words, relations = self._words, self._relations
        seen = doc.to_array(_SEEN)
        rows = [
            self._ask((tag, dep if dep in relations else self._other, word if word in words else 0))
            for tag, dep, word, _ in seen.tolist()
        ]
        doc.from_array(_ASKED, np.array(rows, dtype=np.uint64))  # type: ignore[arg-type]
        for at in np.flatnonzero(seen[:, -1]).tolist():
            self._tell_space(doc[at])
        return self._of_several(doc)

    def _tell_space(self, token: Token) -> None:
        """A blank is no word: the only tokens whose tag and dependency spaCy's rules set as well."""
        alone = self._whole(Doc(self._vocab, words=[" "], tags=[token.tag_], deps=[token.dep_], heads=[0]))[0]
        token.tag_, token.dep_, token.pos_ = alone.tag_, alone.dep_, alone.pos_
        token.morph = alone.morph

    def _ask(self, key: Key) -> tuple[int, int, int]:
        told = self._told.get(key)
        if told is None:
            tag, dep, word = (self._vocab.strings[part] for part in key)
            alone = Doc(self._vocab, words=[word or _ANY_WORD], tags=[tag], deps=[dep], heads=[0])
            pos, morph, lemma = self._whole(alone).to_array(_ASKED)[0].tolist()
            told = self._told[key] = pos, morph, lemma
        return told


@Language.factory("quick_rules")
def _create(nlp: Language, name: str) -> QuickRules:  # noqa: ARG001
    return QuickRules(nlp.vocab)


def _asks_for_values(pattern: dict[str, Any]) -> bool:
    """Whether it looks at one token alone, and names the values that it looks for."""
    rows = pattern["patterns"]
    return all(len(row) == 1 for row in rows) and not any(
        "REGEX" in asked for row in rows for asked in row[0].values() if isinstance(asked, dict)
    )


def _values(patterns: list[dict[str, Any]], attribute: str) -> Iterator[str]:
    """Every value of an attribute that patterns of one token name."""
    for asked in (row[0].get(attribute, []) for one in patterns for row in one["patterns"]):
        if isinstance(asked, str):
            yield asked
        else:
            yield from (value for values in dict(asked).values() for value in values)
