"""Reports by hand, for tests of what brings claims together."""

from __future__ import annotations

from datetime import date

from records import Place, Quantity, Report
from tests.readings import LITHUANIA

RUKLA = Place("t:rukla", "Rukla", "base", 55.0, 24.3, 15.0, ("LTU",), "Kaunas")
PABRADE = Place("t:pabrade", "Pabradė", "base", 55.0, 25.8, 15.0, ("LTU",), "Vilnius")


def soldiers(low: int | None, high: int | None = None) -> Quantity:
    return Quantity(low, high or low, "personnel", f"{high or low:,} soldiers")


def report(id: str, day: int | None = 1, place: Place | None = LITHUANIA, **values: object) -> Report:
    """A report of German soldiers in Lithuania, printed on that day of February 2031 by an outlet of its own."""
    usual: dict[str, object] = {
        "article": f"article {id}",
        "story": f"article {id}",
        "outlet": f"Outlet {id}",
        "published": None if day is None else date(2031, 2, day),
        "actor": "DEU",
        "asset": "ground",
        "status": "deployed",
        "unit": "German soldiers",
    }
    return Report(id=id, place=place, **{**usual, **values})  # type: ignore[arg-type]
