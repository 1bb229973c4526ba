"""A PostgreSQL server of our own, for as long as the tests need it."""

from __future__ import annotations

import os
import pwd
import secrets
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg

SETTINGS = {"fsync": "off", "max_connections": "40", "shared_buffers": "16MB"}


class Unavailable(Exception):
    """There can be no server here; the message says why."""


@dataclass(frozen=True)
class Server:
    """A running server; each call of ``database`` makes a schema as empty as a new database."""

    port: int
    password: str

    def database(self) -> str:
        """The URL of a schema of its own: a whole database would be 7 MB on disk."""
        name = f"ledger_{secrets.token_hex(6)}"
        at = f"host=127.0.0.1 port={self.port} user=keeper password={self.password}"
        with psycopg.connect(f"{at} dbname=postgres", autocommit=True) as connection:
            connection.execute(f"CREATE SCHEMA {name}".encode())
        at = f"keeper:{self.password}@127.0.0.1:{self.port}"
        return f"postgresql://{at}/postgres?options=-csearch_path%3D{name}"


def programs() -> Path:
    """The folder of the newest server that is installed."""
    folders = [path.parent for path in Path("/usr/lib/postgresql").glob("*/bin/initdb")]
    found = shutil.which("initdb")
    if found:
        folders.append(Path(found).resolve().parent)
    if not folders:
        raise Unavailable("PostgreSQL is not installed (Debian: apt-get install postgresql)")
    return max(folders, key=lambda path: path.parent.name.zfill(9))


def unprivileged() -> int | None:
    """Who runs the server: never root, which PostgreSQL refuses. None for ourselves."""
    if os.geteuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(name).pw_uid
        except KeyError:
            continue
    raise Unavailable("there is no user postgres or nobody to run the server as")


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def serving() -> Generator[Server]:
    """Start a server in a scratch folder, stop it and clear up. Raises Unavailable."""
    binaries, user = programs(), unprivileged()
    scratch = Path(tempfile.mkdtemp(prefix="detente-pg-"))
    server = Server(free_port(), secrets.token_hex(16))
    word = scratch / "password"
    word.write_text(server.password)
    if user is not None:
        os.chown(scratch, user, -1)
        os.chown(word, user, -1)

    def run(*words: str) -> None:
        done = subprocess.run(
            words, user=user, cwd=scratch, capture_output=True, text=True, timeout=60,
            stdin=subprocess.DEVNULL, check=False, env={"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8"},
        )  # fmt: skip
        if done.returncode:
            raise Unavailable(f"{words[0]} failed: {done.stderr.strip()[-300:]}")

    control, data = str(binaries / "pg_ctl"), str(scratch / "data")
    settings = {**SETTINGS, "port": str(server.port), "unix_socket_directories": "''"}
    try:
        run(
            str(binaries / "initdb"), "-D", data, "-U", "keeper", "-A", "scram-sha-256",
            "-E", "UTF8", "--locale=C.UTF-8", f"--pwfile={word}", "--no-sync",
        )  # fmt: skip
        options = " ".join(f"-c {name}={value}" for name, value in settings.items())
        # the log goes to a file: a server that holds our pipe would keep us waiting
        run(control, "-D", data, "-w", "-l", str(scratch / "log"), "-o", options, "start")
        try:
            yield server
        finally:
            run(control, "-D", data, "-w", "-m", "immediate", "stop")
    finally:
        shutil.rmtree(scratch, ignore_errors=True)
