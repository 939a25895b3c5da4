"""Which drivers there are, and who may not come in."""

from __future__ import annotations

import importlib.util
import subprocess
import sys
import tomllib
from importlib.metadata import EntryPoint
from pathlib import Path

import pytest

import muniment_drivers
from muniment.ports.devices.faults import DeviceRefused
from muniment.ports.devices.manifest import SettingWrong, Tier
from muniment_drivers.registry import BUILT_IN, GROUP, DuplicateDriver, Registry
from muniment_drivers.scanner_serial.real import SerialScanner
from muniment_drivers.scanner_wedge.protocol import WedgeSieve

HOME = Path(muniment_drivers.__file__).parent
OUTSIDER = EntryPoint("scanner_of_others", "no_such_module_anywhere:DRIVER", GROUP)


def test_the_house_has_its_drivers() -> None:
    registry = Registry(offered=())
    assert [driver.manifest.name for driver in registry.drivers] == ["scanner_serial", "scanner_wedge"]


def test_an_outsider_is_listed_and_refused_and_not_loaded() -> None:
    registry = Registry(offered=[OUTSIDER])
    assert [outsider.name for outsider in registry.outsiders] == ["scanner_of_others"]
    with pytest.raises(DeviceRefused):
        registry.driver("scanner_of_others")


def test_an_outsider_cannot_take_the_name_of_a_driver() -> None:
    with pytest.raises(DuplicateDriver):
        Registry(offered=[EntryPoint("scanner_serial", "elsewhere:DRIVER", GROUP)])
    with pytest.raises(DuplicateDriver):
        Registry(offered=[OUTSIDER, OUTSIDER])
    with pytest.raises(DuplicateDriver):
        Registry([*BUILT_IN, BUILT_IN[0]], offered=())


def test_a_name_nobody_has_is_not_found() -> None:
    with pytest.raises(KeyError):
        Registry(offered=()).driver("abacus")


def test_drivers_make_their_devices() -> None:
    registry = Registry(offered=())
    serial, wedge = registry.driver("scanner_serial"), registry.driver("scanner_wedge")
    assert serial.scanner is not None
    assert wedge.sieve is not None
    assert isinstance(serial.scanner("counter", {"port": "COM3"}), SerialScanner)
    assert isinstance(wedge.sieve("counter", {}), WedgeSieve)


def test_nothing_is_proven_before_a_person_has_proven_it() -> None:
    assert all(driver.manifest.tier is not Tier.PROVEN for driver in BUILT_IN)


def test_every_driver_keeps_or_excuses_each_rule() -> None:
    rules = [
        set(tomllib.loads((HOME / each.manifest.name / "quality.toml").read_text("utf-8"))["rules"])
        for each in BUILT_IN
    ]
    assert all(rules[0] == other for other in rules)


def test_every_library_a_driver_needs_is_there() -> None:
    for each in BUILT_IN:
        assert all(importlib.util.find_spec(name) for name in each.manifest.libraries)


def test_defaults_are_allowed_values_but_for_the_port() -> None:
    for each in BUILT_IN:
        for setting in each.manifest.settings:
            if setting.name == "port":
                with pytest.raises(SettingWrong):
                    setting.checked(setting.default)
            else:
                assert setting.checked(setting.default) == setting.default


def test_reading_the_registry_loads_no_library() -> None:
    code = "import sys, muniment_drivers.registry; print('serial' in sys.modules)"
    path = [str(HOME.parent), *sys.path]
    script = f"import sys; sys.path[:] = {path!r}; {code}"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
