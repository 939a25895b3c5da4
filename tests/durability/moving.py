"""A desk that issues and returns one weapon for ever and says what was acknowledged; its test kills it."""

from __future__ import annotations

import sys

from fakes.outside import another_desk
from muniment.bootstrap import join_register
from muniment.desk.desk import Deposition
from muniment.desk.finding import item_named, person_named
from muniment.desk.hatch import Wanted, issue_item, return_item
from muniment.desk.signing import sign_in
from muniment.system import SystemClock


def main(where: str) -> None:
    world = another_desk("ws-killed", SystemClock())
    desk = join_register(where, world).desk
    officer = sign_in(desk, "officer", "correct horse")
    with desk.look() as work:
        soldier = person_named(work, "0001").subject
        rifle = item_named(work, "EX-000001")
    out = rifle.where == soldier
    while True:
        if out:
            answer = return_item(desk, Deposition(officer), rifle.subject)
        else:
            answer = issue_item(desk, Deposition(officer), rifle.subject, Wanted(soldier))
        out = not out
        sys.stdout.write(f"{answer.told[-1].seq}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main(sys.argv[1])
