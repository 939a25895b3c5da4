"""The one place where a register, a desk and its devices are put together."""

from __future__ import annotations

from muniment.bootstrap.papers import (
    codes_in,
    in_english,
    print_queue,
    printing_on,
    this_workstations_printers,
    write_labels,
    write_pdf,
)
from muniment.bootstrap.registers import (
    Outside,
    ThisMachine,
    create_register,
    examine_register,
    join_register,
    put_back_register,
    suites,
)
from muniment.bootstrap.windows import (
    FirstStart,
    desktop_on,
    open_desktop,
    plugged_in_by,
    practise,
    this_workstation,
)

__all__ = [
    "FirstStart",
    "Outside",
    "ThisMachine",
    "codes_in",
    "create_register",
    "desktop_on",
    "examine_register",
    "in_english",
    "join_register",
    "open_desktop",
    "plugged_in_by",
    "practise",
    "print_queue",
    "printing_on",
    "put_back_register",
    "suites",
    "this_workstation",
    "this_workstations_printers",
    "write_labels",
    "write_pdf",
]
