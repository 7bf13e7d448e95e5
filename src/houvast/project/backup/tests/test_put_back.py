"""What a restore does where the place is not as it should be: it says so, and what was there goes on."""

from pathlib import Path

import pytest
from django.db import OperationalError

from houvast.project.backup import put_back
from houvast.project.errors import CliError, ExitCode


class Used:
    """A database that somebody else uses."""

    def __init__(self, reason):
        self.reason = reason

    def load(self, _reader, _staging, _tell):
        raise OperationalError(self.reason)


@pytest.mark.parametrize(
    "reason", ["deadlock detected", "database is locked", "canceling due to lock timeout"]
)
def test_a_database_in_use_is_told_with_what_to_do(reason):
    with pytest.raises(CliError, match="Stop the application and its worker") as refusal:
        put_back._load(Used(reason), None, Path(), str)
    assert refusal.value.code == ExitCode.WRONG_INPUT


def test_another_fault_of_the_database_stays_what_it_is():
    with pytest.raises(OperationalError, match="disk image is malformed"):
        put_back._load(Used("database disk image is malformed"), None, Path(), str)


def test_keys_are_the_installation_s_only_when_the_rows_are_in_their_place(tmp_path, settings):
    settings.DATA, settings.SIGNING_KEY = tmp_path, "old"
    (tmp_path / "signing-key").write_text("old")
    (tmp_path / f"signing-key{put_back.READY}").write_text("new")
    put_back._settle({"signing-key": "new"})
    assert (tmp_path / "signing-key").read_text() == "new"
    assert settings.SIGNING_KEY == "new"
    assert [path.name for path in tmp_path.iterdir()] == ["signing-key"]
