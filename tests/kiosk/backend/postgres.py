"""A PostgreSQL of the tests' own, from Debian's packages: made in a folder, on a socket there, gone afterwards.

PostgreSQL does not run as root; as root it is run as ``postgres``, whom Debian's package makes. Debian's own cluster is
left alone, whether it runs or not. It waits for no disk: what is killed in tests are backends and sometimes the server,
never the machine, and what the kernel has is not lost with them.
"""

from __future__ import annotations

import atexit
import os
import secrets
import shutil
import subprocess
import tempfile
from functools import cache, partial
from pathlib import Path
from typing import Any

import psycopg

_LIMIT_S = 60
_USER = "postgres"
_CONFIGURATION = """
listen_addresses = ''
unix_socket_directories = '{folder}'
unix_socket_permissions = 0777
fsync = off
full_page_writes = off
synchronous_commit = on
shared_buffers = 64MB
max_connections = 200
"""


class Cluster:
    """A running server. Its databases are made and forgotten by name."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def url(self, name: str) -> str:
        return f"postgresql://{_USER}@/{name}?host={self._folder}"

    def create(self, template: str = "template0") -> str:
        """Make a database, empty or as another that nobody uses now; return its address."""
        name = f"city_{secrets.token_hex(6)}"
        self._do(f"CREATE DATABASE {name} TEMPLATE {template} ENCODING 'UTF8'")
        return self.url(name)

    def copy(self, address: str) -> str:
        """Make a database as the one at ``address`` is, which nobody uses now; return its address."""
        return self.create(name_of(address))

    def drop(self, address: str) -> None:
        self._do(f"DROP DATABASE {name_of(address)} WITH (FORCE)")

    def _do(self, statement: str) -> None:
        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            connection.execute(statement)


def name_of(address: str) -> str:
    """Return the database's name of an address of ``Cluster``."""
    return address.partition("@/")[2].partition("?")[0]


def connect(address: str) -> psycopg.Connection[Any]:
    """Look into a database behind the backend's back."""
    return psycopg.connect(address)


@cache
def cluster() -> Cluster:
    """Return the server of this test process, started when it is first asked for."""
    programs = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda each: int(each.parent.name))
    assert programs, "PostgreSQL is not installed: packaging/setup test installs it"
    folder = Path(tempfile.mkdtemp(prefix="pg-"))
    as_user: dict[str, Any] = {"user": _USER, "group": _USER, "extra_groups": []} if os.geteuid() == 0 else {}
    if as_user:
        shutil.chown(folder, _USER, _USER)
    folder.chmod(0o755)
    data = folder / "data"
    subprocess.run(
        [programs[-1] / "initdb", "-D", data, "-U", _USER, "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync"],
        check=True,
        stdout=subprocess.DEVNULL,
        cwd="/",
        **as_user,
    )
    with (data / "postgresql.conf").open("a", encoding="ascii") as configuration:
        configuration.write(_CONFIGURATION.format(folder=folder))
    control = (programs[-1] / "pg_ctl", "--silent", "--wait", f"--timeout={_LIMIT_S}", "-D", data)
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    subprocess.run([*control, "-l", data / "log", "start"], check=True, cwd="/", **as_user)
    # open connections are cut: of what the tests left nothing is wanted
    stop = partial(subprocess.run, [*control, "--mode=immediate", "stop"], check=False, cwd="/", **as_user)
    atexit.register(stop)
    return Cluster(folder)
