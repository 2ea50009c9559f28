"""What people see. Each part is a function ``render(…)`` of what it shows; the view is plain Python (``state``)."""

from __future__ import annotations

from pathlib import Path

#: The page's style sheet.
STYLE = Path(__file__).resolve().parent / "desk.css"
