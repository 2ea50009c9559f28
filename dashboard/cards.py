"""The claim card: the sentence in its article, and everything that a careful reader asks of it. HTML, all escaped."""

from __future__ import annotations

import html
from collections.abc import Iterable
from itertools import pairwise

from dashboard import offers, wording
from records import PRESENT, Article, Claim, Place, Span, Viewpoint
from store.protocol import StoredClaim
from store.unseen import visible

#: Characters of the article around the sentence.
CONTEXT = 260

Highlights = Iterable[tuple[Span, str]]


def card(stored: StoredClaim, borders: Viewpoint) -> str:
    """The whole card, with places in the countries that ``borders`` give them."""
    claim, article = stored.claim, stored.article
    return "".join(
        (
            '<article class="claim-card">',
            _sample(article),
            f"<h4>{wording.escaped(wording.movement(claim, place_name(stored)))}</h4>",
            f'<p class="chips">{_chips(stored)}</p>',
            f'<blockquote dir="auto">{sentence_in_context(stored)}</blockquote>',
            f'<p class="origin">{_origin(article)}</p>',
            f"<dl>{''.join(_row(term, value) for term, value in _facts(stored, borders) if value)}</dl>",
            "</article>",
        )
    )


def brief(stored: StoredClaim) -> str:
    """The short form, for a claim among others: still with its sentence."""
    claim, article = stored.claim, stored.article
    sentence = wording.escaped(_one_line(claim.evidence.of(article.text)))
    return (
        f'<article class="claim-card brief">{_sample(article)}'
        f"<h4>{wording.escaped(wording.movement(claim, place_name(stored)))}</h4>"
        f'<p class="chips">{_chips(stored)}</p>'
        f"<blockquote><mark>{sentence}</mark></blockquote>"
        f'<p class="origin">{_origin(article)}</p></article>'
    )


def place_name(stored: StoredClaim) -> str:
    return stored.shown.name if stored.shown else stored.claim.place.text


def sentence_in_context(stored: StoredClaim) -> str:
    """The sentence, highlighted, with what stands around it."""
    text, evidence = stored.article.text, stored.claim.evidence
    window = Span(_word_start(text, evidence.start - CONTEXT), _word_end(text, evidence.end + CONTEXT))
    before = "… " if window.start > 0 else ""
    after = " …" if window.end < len(text) else ""
    return before + highlighted(text, window, _highlights(stored.claim)) + after


def whole_article(stored: StoredClaim) -> str:
    """The article from its first word to its last, with the sentence highlighted."""
    text = stored.article.text
    marked = highlighted(text, Span(0, len(text)), _highlights(stored.claim))
    return f'<div class="article-text" dir="auto">{marked}</div>'


def highlighted(text: str, window: Span, highlights: Highlights) -> str:
    """The window's text as HTML; each highlight is (stretch, tag). Stretches may nest or overlap.

    At every edge of a highlight all open tags are closed and those that go on are opened again: always well formed.
    """
    inside = [(span, tag) for span, tag in highlights if span.overlaps(window)]
    edges = {window.start, window.end}
    for span, _ in inside:
        edges |= {max(span.start, window.start), min(span.end, window.end)}
    cuts = sorted(edges)
    pieces = []
    for start, end in pairwise(cuts):
        tags = [tag for span, tag in inside if span.start <= start and end <= span.end]
        opened = "".join(f"<{tag}>" for tag in tags)
        closed = "".join(f"</{tag}>" for tag in reversed(tags))
        pieces.append(f"{opened}{html.escape(visible(text[start:end]))}{closed}")
    return "".join(pieces)


def _highlights(claim: Claim) -> Highlights:
    return ((claim.evidence, "mark"), (claim.place_words or claim.place.span, "u"))


def _chips(stored: StoredClaim) -> str:
    claim = stored.claim
    line = "there" if claim.status in PRESENT and claim.direction == "in" else "not-there"
    chips = [
        f'<span class="chip {line}">{wording.status(claim)}</span>',
        f'<span class="chip">{wording.escaped(wording.force(claim))}</span>',
    ]
    if claim.hedged:
        chips.append('<span class="chip doubt" title="The wording marks doubt">hedged</span>')
    if stored.review:
        chips.append(f'<span class="chip">{wording.BY_READER if stored.shown else wording.OFF_MAP_BY_READER}</span>')
    return " ".join(chips)


def _origin(article: Article) -> str:
    outlet = wording.escaped(article.source) if article.source else "outlet not known"
    published = f"published {wording.day(article.published)}" if article.published else "no date of publication"
    return f"{wording.escaped(article.title or 'Untitled')}<br>{outlet} · {published}"


def _facts(stored: StoredClaim, borders: Viewpoint) -> Iterable[tuple[str, str]]:
    claim = stored.claim
    yield "When", _when(stored)
    yield "How many", _quantity(claim)
    yield "Who says so", wording.escaped(claim.source) if claim.source else "the article itself"
    yield "From", wording.escaped(claim.origin.text) if claim.origin else ""
    yield "Where", _where(stored, borders)
    yield "Why there", _why(stored)
    yield "The machine", _machine(stored, borders) if stored.review else ""
    yield "Could also be", _others(stored, borders)
    reviewed = wording.PLACE_REVIEWED if stored.review else wording.UNREVIEWED
    yield "Read by", f"rule {wording.escaped(claim.rule)}, certainty {claim.confidence:.2f}; <em>{reviewed}</em>"


def _when(stored: StoredClaim) -> str:
    if stored.claim.date:
        return f"{wording.event(stored.claim.date)}, stated: “{wording.escaped(stored.claim.date.text)}”"
    if stored.article.published:
        return f"not stated; the article is of {wording.day(stored.article.published)}"
    return "neither the event nor the article has a date"


def _quantity(claim: Claim) -> str:
    if not claim.quantity:
        return ""
    bounds = _bounds(claim.quantity.low, claim.quantity.high)
    shared = "; stated for several together, not to be added up" if claim.quantity_shared else ""
    return f"{bounds} ({claim.quantity.of}): “{wording.escaped(claim.quantity.text)}”{shared}"


def _bounds(low: int | None, high: int | None) -> str:
    if low is None:
        return "no number given" if high is None else f"up to {high:,}"
    if high is None:
        return f"{low:,} or more"
    return f"{low:,}" if low == high else f"{low:,} to {high:,}"


def _where(stored: StoredClaim, borders: Viewpoint) -> str:
    words, place = f"“{wording.escaped(stored.claim.place.text)}”", stored.shown
    if place is None:
        return f"{words}: not placed"
    disputed = f"; disputed: {wording.escaped(place.disputed)}" if place.disputed else ""
    judged = "judged to be" if stored.review else "read as"
    return f"{words} {judged} {_named(place, borders)}; {offers.extent(place)}{disputed}"


def _why(stored: StoredClaim) -> str:
    """The reader's word where there is one, else the machine's reason and its belief in words."""
    if stored.review:
        who = f"{stored.review.who}, {offers.when(stored.review)}"
        return f"{wording.BY_READER if stored.shown else wording.OFF_MAP_BY_READER}: {wording.escaped(who)}"
    placement = stored.placement
    if placement is None:
        return "not looked up"
    reason = wording.escaped(placement.reason or "no entry was found")
    weighed = placement.place and len(placement.candidates) > 1
    return f"{reason}; {offers.belief(placement.score)}" if weighed else reason


def _machine(stored: StoredClaim, borders: Viewpoint) -> str:
    """What the machine had chosen, where a reader chose otherwise."""
    placement = stored.placement
    if placement is None or placement.place is None:
        return f"had not placed it ({wording.escaped(placement.reason if placement else 'not looked up')})"
    where = _named(placement.place, borders)
    return f"had read it as {where}: {wording.escaped(placement.reason)}; {offers.belief(placement.score)}"


def _others(stored: StoredClaim, borders: Viewpoint) -> str:
    """Without the machine's choice, where that is told beside the reader's."""
    machine = stored.placement.place if stored.placement else None
    told = offers.entry_id(machine) if machine and stored.review else None
    left = [(one.place, one.share or 0.0) for one in offers.others(stored) if offers.entry_id(one.place) != told]
    clear = [f"{_named(place, borders)} ({offers.percent(share)})" for place, share in left if share >= offers.FAINT]
    if faint := len(left) - len(clear):
        clear.append(
            f"{wording.counted(faint, 'place')} with under 1% each" if faint > 1 else "one place with under 1%"
        )
    return "; ".join(clear)


def _named(place: Place, borders: Viewpoint) -> str:
    return f"{wording.escaped(place.name)}, {wording.escaped(offers.described(borders.seen(place)))}"


def _row(term: str, value: str) -> str:
    return f"<dt>{term}</dt><dd>{value}</dd>"


def _sample(article: Article) -> str:
    return f'<p class="sample">{wording.SAMPLE}</p>' if article.sample else ""


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _word_start(text: str, at: int) -> int:
    """The first character of the word at an offset, so that no context begins in the middle of one."""
    at = max(at, 0)
    while 0 < at < len(text) and not text[at - 1].isspace():
        at -= 1
    return at


def _word_end(text: str, at: int) -> int:
    at = min(at, len(text))
    while at < len(text) and not text[at].isspace():
        at += 1
    return at
