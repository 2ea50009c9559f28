"""An article that wants to run: in its title, its text, its outlet, its address, its place, its actor."""

from __future__ import annotations

from dataclasses import replace

from records import Place, Reading
from tests.readings import Said, reading

SCRIPTS = (
    "<script>alert(1)</script>",
    "</script><script>alert(2)</script>",
    "<img src=x onerror=alert(3)>",
    "${alert(4)}",
    "`${alert(5)}`",
    "{{alert(6)}}{{'map_div'}}",
    "[x](javascript:alert(7))",
    "![x](http://outside.invalid/pixel.png)",
    "'\"--><svg onload=alert(8)>",
    ":material/home: $x$ **b** <b>b</b>",
    "=HYPERLINK(1)",
)
ALL = " ".join(SCRIPTS)
PLACE = Place("t:hostile", f"Town {ALL}", "city", 60.2, 24.9, 10.0, ("FIN",), disputed=ALL)
SENTENCE = f"Troops {ALL} are in Town \u202etxet\u202c now."


def hostile() -> Reading:
    made = reading(
        Said(SENTENCE, ALL[:120], "Town", PLACE, unit=ALL, source=ALL),
        id="hostile",
        title=f"Title {ALL}",
        source=f"Outlet {ALL}",
        url="javascript:alert(9)",
    )
    placements = tuple(replace(placement, reason=ALL) for placement in made.placements)
    return replace(made, placements=placements)
