"""A desk that prints one form after the other on a slow pretended printer, and says what it was told, until killed."""

from __future__ import annotations

import sys
import threading
from pathlib import Path

from fakes.depot import depot_in_memory
from fakes.printing import Shop
from muniment.desk.printing.lane import Pace


def main() -> None:
    shop = Shop(depot_in_memory(), Path(sys.argv[1]), pace=Pace(ask_s=0.002, patience=5, rest_s=0.01))
    said = threading.Lock()

    def tell() -> None:
        with said:
            for job in shop.queue.jobs():
                sys.stdout.write(f"{job.id} {job.state.value}\n")
            sys.stdout.flush()

    shop.queue.listen(tell)
    while True:
        job = shop.order(pages=3)
        sys.stdout.write(f"{job.id} ordered\n")
        sys.stdout.flush()
        shop.queue.wait(job)


main()
