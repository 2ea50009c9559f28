"""``python -m cli`` is ``garrison``."""

from cli.door import main

main()
