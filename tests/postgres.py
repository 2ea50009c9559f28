"""A PostgreSQL server with PostGIS for the tests: its own, on a socket in a folder of its own, gone at the end."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

import psycopg
import pytest

from store import open_store
from store.tables import SCHEMA, metadata

# Where Debian lays it, which has the programs of no version on the path; elsewhere the path names them.
DEBIAN = Path("/usr/lib/postgresql")
#: What must not be lost in a test is lost by the client, not the server: it need not wait for the disk.
OPTIONS = "-c listen_addresses= -c fsync=off -c full_page_writes=off -c max_connections=60 -c shared_buffers=32MB"


#: For a fixture that is to run on each engine; see ``address``.
ENGINES = ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)]


@dataclass(frozen=True)
class Server:
    folder: Path
    _names: Iterator[int] = field(default_factory=lambda: count(1))

    def url(self, database: str) -> str:
        return f"postgresql://postgres@/{database}?host={self.folder}"

    @contextmanager
    def database(self, template: str = "with_postgis STRATEGY file_copy") -> Iterator[str]:
        """The URL of a new database with nothing in it but PostGIS, dropped at the end."""
        name = f"store_{next(self._names)}"
        self._do(f"CREATE DATABASE {name} TEMPLATE {template}")
        try:
            yield self.url(name)
        finally:
            self._do(f"DROP DATABASE {name} WITH (FORCE)")

    @contextmanager
    def store(self) -> Iterator[str]:
        """The URL of a store that holds nothing. Emptied at the end, since to make a database takes half a second."""
        try:
            yield self.url("with_tables")
        finally:
            with psycopg.connect(self.url("with_tables"), autocommit=True) as connection:
                connection.execute(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                    " WHERE datname = current_database() AND pid <> pg_backend_pid()"
                )
                connection.execute(f"TRUNCATE {', '.join(metadata.tables)} RESTART IDENTITY CASCADE".encode())
                connection.execute("INSERT INTO notes VALUES ('schema', %s)", [str(SCHEMA)])
                connection.execute("UPDATE alembic_version SET version_num = %s", [str(SCHEMA)])

    @staticmethod
    @contextmanager
    def address(
        request: pytest.FixtureRequest, file: Path, on_server: Callable[[Server], AbstractContextManager[str]]
    ) -> Iterator[str]:
        """The URL for the engine that the fixture is run with: of the file, or of what is made on the server."""
        if request.param == "sqlite":
            yield f"sqlite:///{file}"
        else:
            with on_server(request.getfixturevalue("postgres")) as url:
                yield url

    def _do(self, statement: str) -> None:
        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            connection.execute(statement.encode())


@contextmanager
def serving() -> Iterator[Server]:
    """Fails the test that needs it where there is no PostgreSQL: to leave it out in silence would prove nothing."""
    programs = _programs()
    folder = Path(tempfile.mkdtemp(prefix="garrison-postgres-"))
    # PostgreSQL will not run as root; Debian's package brings a user along.
    user = "postgres" if os.getuid() == 0 else None
    if user:
        os.chown(folder, pwd.getpwnam(user).pw_uid, -1)
    data = str(folder / "data")

    def run(program: str, *arguments: str) -> None:
        command = [str(programs / program), *arguments]
        done = subprocess.run(command, user=user, cwd=folder, capture_output=True, text=True, check=False)
        assert done.returncode == 0, f"{command}: {done.stdout}{done.stderr}"

    try:
        run("initdb", "--username=postgres", "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync", data)
        options = f"{OPTIONS} -c unix_socket_directories={folder}"
        run("pg_ctl", "start", "--wait", "-D", data, "-o", options, "-l", str(folder / "log"))
        try:
            server = Server(folder)
            server._do("CREATE DATABASE with_postgis")
            with psycopg.connect(server.url("with_postgis"), autocommit=True) as connection:
                connection.execute("CREATE EXTENSION postgis")
            server._do("CREATE DATABASE with_tables TEMPLATE with_postgis")
            open_store(server.url("with_tables")).close()
            yield server
        finally:
            run("pg_ctl", "stop", "-m", "immediate", "-D", data)
    finally:
        shutil.rmtree(folder)


def _programs() -> Path:
    on_path = shutil.which("initdb")
    found = [Path(on_path).parent] if on_path else sorted(DEBIAN.glob("*/bin"), key=lambda bin: int(bin.parent.name))
    if not found or not (found[-1] / "initdb").is_file():
        pytest.fail(
            "no PostgreSQL on this machine: install it (Debian: apt-get install postgresql postgresql-postgis),"
            ' or leave its tests out with: pytest -m "not postgresql"'
        )
    return found[-1]
