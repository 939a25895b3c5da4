from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from muniment.ports.work import StoreFault
from muniment.ui.kit.tokens import Scale, Tint
from muniment.ui.settings.kept import NAME, Settings, SettingsFile


def test_without_a_file_the_plain_settings_hold_and_nothing_is_said(tmp_path: Path) -> None:
    read = SettingsFile(tmp_path / "not made yet").read()
    assert (read.settings, read.says) == (Settings(), None)


@given(
    st.builds(
        Settings,
        tint=st.sampled_from(Tint),
        scale=st.sampled_from(Scale),
        still=st.booleans(),
        volume=st.integers(0, 100),
        quiet=st.booleans(),
        lock_after_min=st.integers(1, 120),
        scanner_ports=st.lists(st.text(max_size=8), max_size=3).map(tuple),
    )
)
def test_what_is_written_is_read_again(tmp_path_factory: pytest.TempPathFactory, settings: Settings) -> None:
    file = SettingsFile(tmp_path_factory.mktemp("user") / "config")
    file.write(settings)
    assert file.read().settings == settings


@pytest.mark.parametrize("broken", [b"", b"{", b'{"volume": 700}', b'{"tint": "pink"}', b"\xff\xfe"])
def test_a_broken_file_is_set_aside_and_said(tmp_path: Path, broken: bytes) -> None:
    (tmp_path / NAME).write_bytes(broken)
    read = SettingsFile(tmp_path).read()
    aside = tmp_path / f"{NAME}.broken-1"
    assert read.settings == Settings()
    assert str(aside) in str(read.says)
    assert aside.read_bytes() == broken


def test_a_second_broken_file_does_not_take_the_place_of_the_first(tmp_path: Path) -> None:
    for broken in (b"one", b"two"):
        (tmp_path / NAME).write_bytes(broken)
        SettingsFile(tmp_path).read()
    assert [(tmp_path / f"{NAME}.broken-{n}").read_bytes() for n in (1, 2)] == [b"one", b"two"]


def test_what_a_newer_program_wrote_is_left_aside(tmp_path: Path) -> None:
    (tmp_path / NAME).write_bytes(b'{"tint": "dark", "hologram": true}')
    assert SettingsFile(tmp_path).read().settings == Settings(tint=Tint.DARK)


def test_writing_leaves_no_half_file_behind(tmp_path: Path) -> None:
    SettingsFile(tmp_path).write(Settings(quiet=True))
    assert [path.name for path in tmp_path.iterdir()] == [NAME]


def test_a_folder_that_cannot_be_made_is_a_fault_that_says_what_holds(tmp_path: Path) -> None:
    (tmp_path / "config").write_text("a file where the folder should be")
    with pytest.raises(StoreFault) as fault:
        SettingsFile(tmp_path / "config").write(Settings())
    assert "hold" in str(fault.value.safe)
