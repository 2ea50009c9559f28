"""Colours of the deploying countries: few, distinct to the colour-blind, and steady under every filter."""

from __future__ import annotations

from collections.abc import Sequence

#: Okabe and Ito's colours ("Color Universal Design", 2008); their yellow, hard to see on paper, comes last.
OKABE_ITO = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#56B4E9", "#E69F00", "#000000", "#F0E442")
OTHER = "#8A8F98"


def colours(ranked: Sequence[str], shown: Sequence[str]) -> dict[str, str]:
    """A colour for each actor shown.

    ``ranked`` are all actors of the store, the most reported first: the first eight always have the same colour,
    whatever is filtered. Colours that nobody shown has go to the others shown, in their order; the rest are OTHER.
    """
    fixed = dict(zip(ranked, OKABE_ITO, strict=False))
    chosen = {actor: fixed[actor] for actor in shown if actor in fixed}
    free = [colour for colour in OKABE_ITO if colour not in chosen.values()]
    for actor in shown:
        if actor not in chosen:
            chosen[actor] = free.pop(0) if free else OTHER
    return chosen
