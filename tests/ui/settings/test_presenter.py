from __future__ import annotations

import pytest

from muniment.bootstrap import plugged_in_by
from muniment.domain.basics.refusal import Refusal
from muniment.ui.kit.tokens import Tint
from muniment.ui.settings.kept import Read, Settings
from muniment.ui.settings.presenter import SettingsPresenter, field_of
from muniment.ui.settings.workstation import SerialPort, Workstation
from muniment_drivers.scanner_serial.simulated import SimulatedScanner


def machine(
    kept: list[Settings], *, ports: tuple[SerialPort, ...] = (), settings: Settings | None = None
) -> Workstation:
    return Workstation(
        Read(settings or Settings()), kept.append, plugged_in_by, lambda: ports, lambda name, _: SimulatedScanner(name)
    )


def test_a_change_is_written_and_holds() -> None:
    kept: list[Settings] = []
    presenter = SettingsPresenter(machine(kept))
    view = presenter.change(tint=Tint.NIGHT)
    assert view.settings.tint is Tint.NIGHT
    assert kept == [view.settings]


def test_a_port_in_use_that_is_not_plugged_in_stays_in_sight() -> None:
    there = (SerialPort("/dev/ttyACM0", "Hand scanner"),)
    presenter = SettingsPresenter(machine([], ports=there, settings=Settings(scanner_ports=("COM9",))))
    assert [(port.name, port.used, port.here) for port in presenter.view().ports] == [
        ("COM9", True, False),
        ("/dev/ttyACM0", False, True),
    ]


def test_a_port_is_used_once_however_often_it_is_chosen() -> None:
    kept: list[Settings] = []
    presenter = SettingsPresenter(machine(kept))
    presenter.use("COM3", used=True)
    presenter.use("COM3", used=True)
    assert kept[-1].scanner_ports == ("COM3",)
    presenter.use("COM3", used=False)
    assert kept[-1].scanner_ports == ()


@pytest.mark.parametrize(("prefix", "suffix", "field"), [("Ctrl+", "Enter", "prefix"), ("F9", "", "suffix")])
def test_what_is_no_key_is_refused_at_its_field_and_not_written(prefix: str, suffix: str, field: str) -> None:
    kept: list[Settings] = []
    with pytest.raises(Refusal) as refused:
        SettingsPresenter(machine(kept)).wedge_keys(prefix, suffix)
    assert field_of(refused.value) == field
    assert kept == []


def test_the_keys_of_a_scanner_in_keyboard_mode_are_kept() -> None:
    kept: list[Settings] = []
    SettingsPresenter(machine(kept)).wedge_keys("F9", "Ctrl+C Enter")
    assert (kept[-1].wedge_prefix, kept[-1].wedge_suffix) == ("F9", "Ctrl+C Enter")
