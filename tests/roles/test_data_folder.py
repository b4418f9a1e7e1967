"""The data folder is private, writable and one's own, or refused in one sentence."""

import stat
from pathlib import Path

import pytest

from core.roles.data_folder import default_folder, open_data_folder, private_subfolder
from core.roles.errors import FolderRefused


def _mode(folder: Path) -> int:
    return stat.S_IMODE(folder.stat().st_mode)


def test_a_missing_folder_is_made_for_its_owner_alone(tmp_path: Path) -> None:
    folder = open_data_folder(tmp_path / "new" / "nod")
    assert _mode(folder) == 0o700
    assert list(folder.iterdir()) == []


def test_a_folder_inside_it_is_private_too(tmp_path: Path) -> None:
    assert _mode(private_subfolder(open_data_folder(tmp_path / "nod"), "keys")) == 0o700


@pytest.mark.parametrize("mode", [0o750, 0o705, 0o701, 0o777])
def test_a_folder_that_others_can_look_into_is_refused_and_left_as_it_is(tmp_path: Path, mode: int) -> None:
    folder = tmp_path / "open"
    folder.mkdir()
    folder.chmod(mode)
    with pytest.raises(FolderRefused, match="chmod 700"):
        open_data_folder(folder)
    assert _mode(folder) == mode


def test_a_folder_that_cannot_be_written_is_refused() -> None:
    with pytest.raises(FolderRefused, match="cannot be written"):
        open_data_folder(Path("/proc/self/fd"))  # mode 0500, and not even root can make a file in it


def test_a_file_in_the_place_of_the_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(FolderRefused, match="cannot be written"):
        open_data_folder(tmp_path / "file")


def test_the_environment_names_the_folder_unless_the_command_line_does(data_folder: Path) -> None:
    assert default_folder() == data_folder
    assert open_data_folder() == data_folder


def test_without_a_name_the_platform_says_where_data_lives(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("NOD_DATA", raising=False)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    assert default_folder() == tmp_path / "nod"
