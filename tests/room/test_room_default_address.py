"""Where rooms are kept if nobody has said where, and what is said of it."""

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from postgresql_server import fresh_address

from lib.room.database import Database, default_address


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The folder for temporary files, apart from where else this test writes."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder


def keeps(address: str) -> str:
    """Whether a room outlives the process; what is said of it."""
    store = Database(address)
    keys = store.open_room(now=0.0)
    said = store.survives
    store.close()
    again = Database(address)
    assert (again.room(keys.code, now=1.0) is not None) is ("they go on" in said)
    again.close()
    return said


def test_in_the_state_of_the_user(
    tmp_path: Path, temporary: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state of ada?#%20"))
    said = keeps(default_address())
    (file,) = tmp_path.glob("state*/honest-heatmaps/*.sqlite")
    assert file.parent.stat().st_mode & 0o077 == 0
    assert "in a file on the app's host" in said


@pytest.mark.parametrize("state", ["", "relative/state"])
def test_in_the_home(
    tmp_path: Path, temporary: Path, monkeypatch: pytest.MonkeyPatch, state: str
) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", state)
    monkeypatch.setenv("HOME", str(tmp_path / "ada"))
    said = keeps(default_address())
    assert list((tmp_path / "ada/.local/state/honest-heatmaps").glob("*.sqlite"))
    assert "in a file on the app's host" in said


def test_among_temporary_files(
    tmp_path: Path, temporary: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("no folder")
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "file"))
    said = keeps(default_address())
    assert list(temporary.glob("honest-heatmaps-*/*.sqlite"))
    assert "in a temporary file" in said


def test_in_memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_text("no folder")
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "file"))
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "file"))
    assert default_address() == "sqlite://"
    assert "in memory alone" in keeps(default_address())


def test_a_folder_of_someone_else_is_not_ours(
    tmp_path: Path, temporary: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    monkeypatch.setattr("lib.room.database._user", lambda: tmp_path.stat().st_uid + 1)
    assert default_address() == "sqlite://"


def test_postgresql(postgresql: str) -> None:
    assert "in a PostgreSQL database" in keeps(fresh_address(postgresql))
