"""Names of the weapon types, written out so that they can be collected for translation."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from muniment.domain.basics.text import Text, say

NAMES: Mapping[str, Text] = MappingProxyType(
    {
        "SA": say("Small arms"),
        "SA-10": say("Revolver or self-loading pistol"),
        "SA-11": say("Revolver"),
        "SA-12": say("Self-loading pistol"),
        "SA-13": say("Machine pistol"),
        "SA-20": say("Rifle or carbine"),
        "SA-21": say("Bolt-action rifle or carbine"),
        "SA-22": say("Self-loading rifle or carbine"),
        "SA-23": say("Sniper rifle below 12.7 mm"),
        "SA-24": say("Anti-materiel rifle, 12.7 mm and above"),
        "SA-30": say("Sub-machine gun"),
        "SA-40": say("Assault rifle"),
        "SA-50": say("Light machine gun"),
        "SA-55": say("General-purpose machine gun"),
        "SA-60": say("Shotgun"),
        "SA-90": say("Other small arm"),
        "SA-91": say("Craft-produced or improvised firearm"),
        "SA-92": say("3-D-printed firearm"),
        "SA-93": say("Converted firearm"),
        "SA-94": say("Deactivated weapon"),
        "SA-95": say("Muzzle-loader or antique"),
        "LW": say("Light weapons"),
        "LW-10": say("Heavy machine gun"),
        "LW-20": say("Grenade launcher, hand-held, under-barrel or mounted"),
        "LW-21": say("Automatic grenade launcher"),
        "LW-30": say("Portable anti-aircraft gun"),
        "LW-40": say("Portable anti-tank gun"),
        "LW-50": say("Recoilless rifle"),
        "LW-60": say("Portable launcher of anti-tank missiles or rockets"),
        "LW-70": say("Portable launcher of anti-aircraft missiles"),
        "LW-80": say("Mortar below 100 mm"),
        "LW-90": say("Other light weapon"),
        "LW-91": say("Improvised mortar, rocket or grenade launcher"),
        "PT": say("Accountable part"),
        "PT-01": say("Spare frame or receiver"),
        "PT-02": say("Barrel"),
        "PT-03": say("Slide"),
        "PT-04": say("Cylinder"),
        "PT-05": say("Bolt, bolt carrier or breech block"),
        "PT-06": say("Exchange system"),
        "PT-07": say("Suppressor"),
        "AC-01": say("Controlled accessory, such as a night sight"),
    }
)
