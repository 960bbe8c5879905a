"""A real PostgreSQL server of the tests' own."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest


def binaries() -> Path:
    """The folder of PostgreSQL's programs."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    initdb = found[-1] if found else Path(shutil.which("initdb") or "")
    if initdb.is_file():
        return initdb.parent
    message = "no PostgreSQL server is installed: initdb is neither on PATH nor in /usr/lib"
    if os.environ.get("CI") == "true":
        pytest.fail(message)
    pytest.skip(message)


def unprivileged() -> str | None:
    """Who runs the server, if not we: it refuses to be run by root."""
    if os.geteuid() != 0:
        return None
    names = Path("/etc/passwd").read_text().splitlines()
    known = {line.split(":")[0] for line in names}
    return "postgres" if "postgres" in known else "nobody"


@pytest.fixture(scope="module")
def postgres() -> Iterator[str]:
    """The SQLAlchemy URL of an empty database."""
    programs, who = binaries(), unprivileged()
    folder = tempfile.mkdtemp(prefix="wenyuan-pg-")
    if who is not None:
        shutil.chown(folder, who)

    def run(program: str, *arguments: str) -> None:
        command = [str(programs / program), "-D", f"{folder}/data", *arguments]
        environment = {"PATH": os.environ["PATH"], "LC_ALL": "C", "HOME": folder}
        subprocess.run(
            command,
            check=True,
            capture_output=True,
            cwd=folder,
            env=environment,
            timeout=60,
            user=who,
        )

    run("initdb", "-U", "wenyuan", "-E", "UTF8", "-A", "trust", "--no-sync")
    options = f"-c listen_addresses='' -k {folder} -c fsync=off"
    run("pg_ctl", "-w", "-o", options, "-l", f"{folder}/log", "start")
    try:
        yield f"postgresql+psycopg://wenyuan@/postgres?host={folder}"
    finally:
        run("pg_ctl", "-w", "-m", "immediate", "stop")
        shutil.rmtree(folder)
