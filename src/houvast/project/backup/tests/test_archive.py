"""An archive that is not what it was when it was made is refused, with the reason, before anything is touched."""

import io
import tarfile

import pytest

from houvast.project.backup.archive import Damaged, Manifest, Table, opened, written
from houvast.project.errors import CliError, ExitCode

KEY = b"key"
FILE = f"files/{'a' * 8}-{'b' * 27}/{'c' * 48}"


def manifest(parts, **more):
    return Manifest(
        **{
            "made_at": "2021-12-31T12:00:00+00:00",
            "kind": "sqlite",
            "parts": tuple(parts),
            "tables": {"people_person": Table(1, "d" * 64)},
            "heads": {},
            "migrations": (("orgs", "0001_initial"),),
            "keys": False,
            **more,
        }
    )


@pytest.fixture
def archive(tmp_path):
    """One with a database and a file."""
    path = tmp_path / "reserve.tar"
    with written(path) as writer:
        writer.add("database.sqlite3", io.BytesIO(b"x" * 5000), 5000)
        writer.add(FILE, io.BytesIO(b"inhoud"), 6)
        writer.finish(manifest(writer.parts).to_json(KEY))
    return path


def members(path):
    with tarfile.open(path) as tar:
        return [(member.name, tar.extractfile(member).read()) for member in tar]


def rewritten(path, parts):
    with tarfile.open(path, "w") as tar:
        for name, content in parts:
            told = tarfile.TarInfo(name)
            told.size = len(content)
            tar.addfile(told, io.BytesIO(content))


def reason(path):
    with pytest.raises(Damaged) as refusal, opened(path) as reader:
        reader.check()
    assert refusal.value.code == ExitCode.FAULTS
    assert str(refusal.value).endswith("Nothing was restored.")
    return str(refusal.value).removeprefix("The archive is damaged: ").removesuffix(". Nothing was restored.")


def test_a_whole_archive_is_what_its_list_says(archive):
    with opened(archive) as reader:
        reader.check()
        assert reader.manifest.tables == {"people_person": Table(1, "d" * 64)}
        assert reader.manifest.migrations == (("orgs", "0001_initial"),)
        assert list(reader.names("files")) == [FILE]
        assert reader.is_sealed_by(KEY)
        assert not reader.is_sealed_by(b"other")


def test_one_altered_byte_is_seen(archive):
    content = bytearray(archive.read_bytes())
    content[content.index(b"inhoud")] ^= 1
    archive.write_bytes(content)
    assert reason(archive) == f"{FILE} is not as it was written"


@pytest.mark.parametrize("left", [0, 300, 3000, 6500])
def test_one_that_was_cut_off_is_seen(archive, left):
    archive.write_bytes(archive.read_bytes()[:left])
    assert reason(archive)


def test_a_part_that_is_missing_added_double_or_strange_is_seen(archive):
    database, file, listed = members(archive)
    rewritten(archive, [database, listed])
    assert reason(archive) == f"{FILE} is missing"
    extra = (f"{FILE[:-1]}d", b"x")
    rewritten(archive, [database, file, extra, listed])
    assert reason(archive) == f"{extra[0]} is not in its list"
    rewritten(archive, [database, database, file, listed])
    assert reason(archive) == "'database.sqlite3' stands twice or is no file"
    for name in ("../buiten", "files/../../x", "etc/passwd"):
        rewritten(archive, [database, file, (name, b"x"), listed])
        assert reason(archive) == f"'{name}' does not belong in a backup"


def test_one_without_its_list_was_not_written_to_the_end(archive):
    rewritten(archive, members(archive)[:-1])
    assert reason(archive) == "its list is missing, so it was not written to the end"


@pytest.mark.parametrize("content", [b"", b"{}", b"[]", b'{"backup": {"format": 1}, "seal": ""}'])
def test_a_list_that_cannot_be_read_is_told(archive, content):
    rewritten(archive, [*members(archive)[:-1], ("manifest.json", content)])
    assert reason(archive) == "its list cannot be read"


def test_a_list_that_was_altered_is_not_sealed_any_more(archive):
    *parts, (name, listed) = members(archive)
    rewritten(archive, [*parts, (name, listed.replace(b'"rows": 1', b'"rows": 2'))])
    with opened(archive) as reader:
        assert not reader.is_sealed_by(KEY)


def test_one_of_a_later_format_asks_for_another_version(tmp_path):
    path = tmp_path / "later.tar"
    with written(path) as writer:
        writer.finish(manifest([], format=2).to_json(KEY))
    with pytest.raises(CliError, match="format 2") as refusal, opened(path):
        pass
    assert refusal.value.code == ExitCode.WRONG_INPUT


def test_an_archive_that_failed_half_way_leaves_nothing(tmp_path):
    with pytest.raises(ValueError, match="half way"), written(tmp_path / "reserve.tar"):
        raise ValueError("half way")
    assert list(tmp_path.iterdir()) == []
