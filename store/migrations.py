"""Steps that bring an older store up to date, one for each number of the schema.

A step is written once and never edited: it must fit stores as they were then, so it says its SQL itself instead of
asking ``store.tables``, which goes on changing.
"""

from __future__ import annotations

from sqlalchemy import Connection, update

from store.tables import SCHEMA, notes


def migrate(connection: Connection, since: int) -> None:
    """Take all steps from the schema of that number to the newest, within the connection's transaction."""
    for number in range(since + 1, SCHEMA + 1):
        for statement in STEPS[number]:
            connection.exec_driver_sql(statement)
    connection.execute(update(notes).where(notes.c.name == "schema").values(value=str(SCHEMA)))


#: Statements by the number of the schema that they lead to.
STEPS: dict[int, tuple[str, ...]] = {
    # Readers choose places.
    2: (
        """
        CREATE TABLE reviews (
            id INTEGER NOT NULL,
            article VARCHAR NOT NULL,
            about VARCHAR NOT NULL,
            start INTEGER NOT NULL,
            "end" INTEGER NOT NULL,
            words TEXT NOT NULL,
            verdict VARCHAR NOT NULL,
            place VARCHAR,
            reason TEXT NOT NULL,
            who TEXT NOT NULL,
            at DATETIME NOT NULL,
            PRIMARY KEY (id),
            FOREIGN KEY(article) REFERENCES articles (id) ON DELETE CASCADE,
            FOREIGN KEY(place) REFERENCES places (id)
        )
        """,
        "CREATE INDEX ix_reviews_article ON reviews (article)",
        "ALTER TABLE mentions ADD COLUMN shown VARCHAR REFERENCES places (id)",
        "UPDATE mentions SET shown = place",
        "ALTER TABLE claims ADD COLUMN by_reader BOOLEAN DEFAULT 0 NOT NULL",
    ),
}
