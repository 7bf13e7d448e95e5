"""A restore that was rehearsed: from a backup made while somebody writes to the same chapter, byte for byte."""

import os
import signal
import stat
import subprocess
import sys
import tarfile
import time

import pytest
from tests.elsewhere import databases

from houvast.project.bench.place import environment

pytestmark = [pytest.mark.database, pytest.mark.long]

STEPS = "houvast.project.backup.tests.steps"


class Installation:
    """A database and a data folder of its own."""

    def __init__(self, at, name, folder, **more):
        folder.mkdir()
        self.data = folder
        self.environment = environment(at, name) | {"HOUVAST_DATA": str(folder)} | more

    def start(self, *command):
        return subprocess.Popen(
            [sys.executable, "-P", "-W", "ignore", "-m", *command],
            env=self.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def run(self, *command, code=0):
        with self.start(*command) as running:
            out, err = running.communicate()
        assert running.returncode == code, (command, out, err)
        return err if code else out

    def houvast(self, *command, code=0):
        return self.run("houvast.project.cli", *map(str, command), code=code)

    def chapter(self, folder):
        self.houvast(
            "chapter", "--organisation", "diemen", "--year", "2021", "--format", "html,json", "--out", folder
        )
        return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


@pytest.fixture(scope="module")
def at(tmp_path_factory):
    """Databases of the same kind as the tests run on."""
    with databases(str(tmp_path_factory.mktemp("place"))) as made:
        yield made


@pytest.fixture(scope="module")
def installed(at, tmp_path_factory):
    """An installation with the example set."""
    at.create("een")
    made = Installation(at, "een", tmp_path_factory.mktemp("een") / "data")
    made.run(STEPS, "fill")
    return made


def fresh(at, name, folder, **more):
    at.create(name)
    return Installation(at, name, folder, **more)


def test_a_backup_made_while_somebody_writes_comes_back_whole(at, installed, tmp_path):
    archive = tmp_path / "reserve.tar"
    writer = installed.start(STEPS, "write")
    before = int(writer.stdout.readline())
    told = installed.houvast("backup", archive)
    writer.send_signal(signal.SIGKILL)
    after = int(writer.stdout.read().split()[-1])
    writer.wait()
    writer.stdout.close()
    writer.stderr.close()

    assert "1 files" in told
    assert "Keep" in told
    assert stat.S_IMODE(archive.stat().st_mode) == 0o600
    with tarfile.open(archive) as tar:
        assert not [name for name in tar.getnames() if name.startswith("keys/")]

    restored = fresh(at, "twee", tmp_path / "data")
    said = restored.houvast("restore", archive)
    assert said.count(": the same\n") == 3
    assert said.endswith("Restored.\n")
    assert before <= int(restored.run(STEPS, "people")) <= after
    (file,) = [path for path in (restored.data / "files").rglob("*") if path.is_file()]
    assert file.read_bytes() == b"%PDF-1.7\n" + b"x" * 200_000
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert restored.chapter(tmp_path / "b") == installed.chapter(tmp_path / "a")
    assert restored.run(STEPS, "go_on") == "kept\n"
    assert "Alles klopt" in restored.houvast("verify")

    refused = restored.houvast("restore", archive, code=2)
    assert "--replace" in refused
    said = restored.houvast("restore", archive, "--replace")
    assert said.endswith("were recorded after this backup and are lost\nRestored.\n")
    assert restored.houvast("verify") == "Alles klopt: elke rij is zoals zij is vastgelegd.\n"


def test_a_backup_without_its_signing_key_is_not_restored(at, installed, tmp_path):
    installed.houvast("backup", tmp_path / "zonder.tar")
    other = fresh(at, "drie", tmp_path / "data", HOUVAST_SIGNING_KEY="another")
    refused = other.houvast("restore", tmp_path / "zonder.tar", code=2)
    assert "another signing key" in refused
    assert not (other.data / "files").exists()


def test_a_backup_with_keys_brings_them_along(at, installed, tmp_path):
    said = installed.houvast("backup", tmp_path / "met.tar", "--with-keys")
    assert "The keys are in it." in said
    other = fresh(at, "vier", tmp_path / "data")
    del other.environment["HOUVAST_SIGNING_KEY"], other.environment["HOUVAST_SECRET_KEY"]
    assert other.houvast("restore", tmp_path / "met.tar").endswith("Restored.\n")
    assert (other.data / "signing-key").read_text() == "bench"
    assert stat.S_IMODE((other.data / "signing-key").stat().st_mode) == 0o600
    assert "Alles klopt" in other.houvast("verify")


def test_a_stored_file_that_is_missing_is_told_when_the_backup_is_made(at, installed, tmp_path):
    (file,) = [path for path in (installed.data / "files").rglob("*") if path.is_file()]
    file.rename(tmp_path / "weg")
    try:
        said = installed.houvast("backup", tmp_path / "gat.tar", code=1)
    finally:
        (tmp_path / "weg").rename(file)
    assert f"the file {file.parent.name}/{file.name} is missing" in said


def test_a_backup_that_is_killed_leaves_no_archive_under_its_name(installed, tmp_path):
    with installed.start(STEPS, "killed", str(tmp_path / "half.tar")) as running:
        running.communicate()
    assert running.returncode == -signal.SIGKILL
    left = [path.name for path in tmp_path.iterdir()]
    assert "half.tar" not in left
    assert [name for name in left if name.endswith(".part")] != []
    for path in tmp_path.iterdir():
        old = time.time() - 100_000
        os.utime(path, (old, old))
    installed.houvast("backup", tmp_path / "half.tar")
    assert [path.name for path in tmp_path.iterdir()] == ["half.tar"]


def test_a_backup_replaces_nothing_and_makes_no_folder(installed, tmp_path):
    (tmp_path / "er.tar").write_bytes(b"eerder")
    assert "replaces nothing" in installed.houvast("backup", tmp_path / "er.tar", code=2)
    assert (tmp_path / "er.tar").read_bytes() == b"eerder"
    assert "does not exist" in installed.houvast("backup", tmp_path / "weg/er.tar", code=2)
    assert "There is no archive" in installed.houvast("restore", tmp_path / "geen.tar", code=2)
