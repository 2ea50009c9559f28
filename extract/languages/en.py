"""The English reader: rules over spaCy's parse offer candidates, a learned judge weighs them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from extract import attribution, dates
from extract.actors import ActorTerm, find_actors
from extract.associations import Associator, load_associator
from extract.candidates import Learned, candidates
from extract.cascade import words_of
from extract.claims import Finding, claims_of
from extract.discourse import Discourse, speaker_of, speaks_in_first_person
from extract.features import cues_of, features_of
from extract.grammar import clause_of
from extract.judge import Judge, load_judge
from extract.lexicon import Lexicon, TriggerWord, load_lexicon
from extract.mentions import PlaceTerm, mention_of
from extract.modality import Modality, lies_ahead, modality
from extract.parsing import parse, tokenise
from extract.scene import Located, Scene, Spotted, scenes, spot
from extract.scopes import Scope, named_actors, named_places, scopes
from extract.telling import decided
from extract.windows import Pieces
from records import Article, Claim, EventDate, Mention, Placement, Span

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token
    from tokenizers import Tokenizer

VERSION = "rules-en 3"  # goes up with every change of what is read, so that stored readings tell what made them


@dataclass(frozen=True, slots=True)
class ParsedArticle:
    """An article with its paragraphs parsed, as far as they are worth it, and their terms found.

    ``titled`` are the actors that its title names, ``speaker`` is whom it speaks for, where that can be told.
    """

    article: Article
    title: Doc
    titled: tuple[ActorTerm, ...]
    paragraphs: tuple[Spotted, ...]
    datelines: tuple[Mention, ...]
    speaker: str | None


class Reader:
    """Implements ``extract.protocol.Extractor`` for English. ``judge`` is for training: the learned one where None."""

    version = VERSION
    language = "en"

    def __init__(
        self, data: Path, judge: Judge | None = None, *, associations: Path | None = None, learned: bool = True
    ) -> None:
        self._lexicon: Lexicon = load_lexicon(data, tokenise)
        self._words = words_of(self._lexicon)
        self._judge = judge or load_judge(data / "judge-en.json")
        self._associator: Associator | None = load_associator(associations or data / "reader-en") if learned else None
        self.version = f"{VERSION}, judge {self._judge.version}"

    def parse(self, article: Article, *, whole: bool = False) -> ParsedArticle:
        parsing = parse(article, None if whole else self._words)
        titled = tuple(find_actors(parsing.title, self._lexicon))
        paragraphs = tuple(spot(paragraph, self._lexicon) for paragraph in parsing.paragraphs)
        datelines = tuple(_filed_from(article, span) for span in parsing.datelines)
        return ParsedArticle(article, parsing.title, titled, paragraphs, datelines, speaker_of(titled, paragraphs))

    def mentions(self, parsed: ParsedArticle) -> list[Mention]:
        named = [mention for _, _, mention in _terms(parsed)]
        return sorted([*parsed.datelines, *named], key=lambda mention: mention.span)

    def claims(self, parsed: ParsedArticle, placements: Sequence[Placement]) -> list[Claim]:
        return claims_of(parsed.article, list(self.findings(parsed, placements)), self.version)

    def findings(self, parsed: ParsedArticle, placements: Sequence[Placement]) -> Iterator[Finding]:
        """Every candidate of the article, weighed: what ``claims`` chooses from, and what the judge is trained on."""
        discourse = Discourse(parsed.speaker)
        discourse.first_person = speaks_in_first_person(parsed.article.text)
        located = located_in(parsed, placements)
        learned = self._learned(parsed, located)
        for spotted, here in zip(parsed.paragraphs, located, strict=True):
            for scene in scenes(spotted, here, self._lexicon):
                yield from self._read(scene, discourse, parsed.article, learned)
                discourse.observe(scene)

    def _learned(self, parsed: ParsedArticle, located: Sequence[Mapping[int, Located]]) -> Learned | None:
        if self._associator is None:
            return None
        everywhere = {one.mention.span: one for of_paragraph in located for one in of_paragraph.values()}
        pieces, found = scopes_of(parsed, everywhere.values(), self._associator.tokenizer)
        return Learned(self._associator.associate(pieces, found), everywhere)

    def _read(self, scene: Scene, discourse: Discourse, article: Article, learned: Learned | None) -> Iterator[Finding]:
        """All findings of one sentence, with what the text before it tells about whose, where and who says so."""
        _, speaking = self._source(scene, scene.sentence.root, discourse, article)
        # Candidates of one sentence mostly share their word: its status and date, which dateparser reads, once for all.
        tellings: dict[tuple[int, TriggerWord | None], tuple[Modality, EventDate | None]] = {}
        cues: list[str] = []
        for candidate in candidates(scene, discourse, speaking, learned):
            key = candidate.word.i, candidate.trigger
            if key not in tellings:
                modal = modality(candidate.word, candidate.trigger, self._lexicon)
                tellings[key] = modal, self._date(scene, candidate.word, article, modal.ahead)
            read, date = tellings[key]
            told = decided(read, candidate)
            if _is_past(article, date, scene):
                continue
            source, _ = self._source(scene, candidate.word, discourse, article)
            cues = cues or cues_of(scene)
            features = features_of(candidate, told, cues)
            yield Finding(candidate, told, source, date, self._judge.certainty(features), tuple(features))

    def _source(
        self, scene: Scene, word: Token, discourse: Discourse, article: Article
    ) -> tuple[str | None, str | None]:
        """Who says so, as written, and the actor that this holder speaks for."""
        holder = attribution.holder_of(scene, word, self._lexicon)
        if holder is not None and attribution.is_pronoun(holder):
            return discourse.source, discourse.source_actor
        if holder is not None:
            term = next((t for t in scene.actors if holder.left_edge.i <= t.start and t.end <= holder.i + 1), None)
            discourse.source = attribution.words_of(holder)
            discourse.source_actor = term.actor if term else None
            return discourse.source, discourse.source_actor
        if attribution.in_quotes(scene, word) and discourse.source:
            return discourse.source, discourse.source_actor
        if scene.paragraph.speaker:
            return scene.paragraph.speaker.of(article.text), None
        return None, None

    def _date(self, scene: Scene, word: Token, article: Article, ahead: bool | None) -> EventDate | None:
        """The expression of time that belongs to the event: of its own clause before another, then the nearest."""
        found = []
        own = clause_of(word)
        for words in dates.time_words(scene.sentence.text):
            at = scene.sentence.char_span(words.span.start, words.span.end, alignment_mode="expand")
            verb = clause_of(at.root) if at is not None else None
            if at is None or verb is None or _tells_when_said(verb, word, self._lexicon):
                continue
            found.append((verb.i != own.i, abs(at.root.i - word.i), words, verb))
        for _, _, words, verb in sorted(found, key=lambda one: one[:2]):
            told_ahead = lies_ahead(verb)
            date = dates.resolve(words, article.published, ahead=ahead if told_ahead is None else told_ahead)
            if date:
                return date
        return None


def _is_past(article: Article, date: EventDate | None, scene: Scene) -> bool:
    """A movement that ended more than two years before publication is background, not a report."""
    words = scene.sentence.text.lower()
    if "world war" in words or "cold war" in words:
        return True
    if date is None or article.published is None or "since" in words:
        return False
    return int(date.start[:4]) < article.published.year - 2


def _filed_from(article: Article, span: Span) -> Mention:
    """The place of a dateline: "VILNIUS, Lithuania" names Vilnius."""
    words = span.of(article.text)
    city, _, container = words.partition(",")
    return Mention(span, words, city.title(), within=(container.strip(),) if container.strip() else ())


def _tells_when_said(verb: Token, word: Token, lexicon: Lexicon) -> bool:
    """ "Said on Friday": the time of the statement, unless the statement's verb carries the claim itself."""
    return verb.lemma_.lower() in lexicon.attributions and verb.i != word.i


def _terms(parsed: ParsedArticle) -> Iterator[tuple[Spotted, PlaceTerm, Mention]]:
    for spotted in parsed.paragraphs:
        for term in spotted.places:
            yield spotted, term, mention_of(term, spotted.paragraph.doc, spotted.paragraph.offset)


def located_in(parsed: ParsedArticle, placements: Sequence[Placement]) -> list[dict[int, Located]]:
    """The places of each paragraph, by their first token, with where they were put."""
    placed = {placement.mention.span: placement.place for placement in placements}
    found = []
    for spotted in parsed.paragraphs:
        doc, offset = spotted.paragraph.doc, spotted.paragraph.offset
        mentions = {term: mention_of(term, doc, offset) for term in spotted.places}
        found.append({term.start: Located(term, one, placed.get(one.span)) for term, one in mentions.items()})
    return found


def scopes_of(parsed: ParsedArticle, located: Iterable[Located], tokenizer: Tokenizer) -> tuple[Pieces, list[Scope]]:
    """The windows in which forces are brought together with places and actors, for the learned reader."""
    title = parsed.title
    titled = [(term, Span(title[term.start].idx, title[term.start : term.end].end_char)) for term in parsed.titled]
    actors = named_actors(parsed.paragraphs, titled, parsed.speaker)
    sentences = [
        spotted.paragraph.span_of(sentence.start, sentence.end)
        for spotted in parsed.paragraphs
        for sentence in spotted.paragraph.doc.sents
    ]
    return scopes(title.text, parsed.article.text, sentences, named_places(located), actors, tokenizer)
