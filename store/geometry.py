"""What PostGIS adds to the tables, for QGIS and other programs that look at the database beside Garrison.

``places.point`` is a Point in EPSG:4326 (x = longitude), made by the server from ``lat`` and ``lon``, with an index in
space. The view ``claims_on_map`` has a row for each placed claim of the current readings, as the page shows them.
"""

from __future__ import annotations

from sqlalchemy import Connection

_EXTENSION = "CREATE EXTENSION IF NOT EXISTS postgis"

_GEOMETRY = (
    """
    ALTER TABLE places ADD COLUMN point geometry(Point, 4326)
    GENERATED ALWAYS AS (ST_SetSRID(ST_MakePoint(lon, lat), 4326)) STORED
    """,
    "CREATE INDEX places_in_space ON places USING gist (point)",
    """
    CREATE VIEW claims_on_map AS
    SELECT claims.id, readings.article, readings.title, readings.source AS outlet, readings.url, readings.published,
        claims.actor, claims.asset, claims.unit, claims.quantity_text AS quantity, claims.status, claims.direction,
        claims.hedged, claims.day, claims.last_day, claims.stated, claims.speaker, claims.confidence, claims.by_reader,
        substr(readings.text, claims.evidence_start + 1, claims.evidence_end - claims.evidence_start) AS evidence,
        places.gazetteer_id AS place, places.name AS place_name, places.kind AS place_kind, places.radius_km,
        places.disputed, readings.sample, readings.extractor, readings.gazetteer, places.point
    FROM claims
    JOIN readings ON claims.reading = readings.id AND readings.current AND readings.retired IS NULL
    JOIN places ON claims.place = places.id
    """,
)


def allow_geometry(connection: Connection) -> None:
    """Switch PostGIS on; nothing on another engine."""
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql(_EXTENSION)


def add_geometry(connection: Connection) -> None:
    """Add all of it to tables as they are today; nothing on another engine."""
    if connection.dialect.name == "postgresql":
        for statement in _GEOMETRY:
            connection.exec_driver_sql(statement)
