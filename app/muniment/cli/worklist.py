"""`worklist`: what is left to mend in the records."""

from __future__ import annotations

from typing import Annotated

import typer

from muniment.cli.face import Face, WrongUse, table
from muniment.desk.quality import MOST, Task
from muniment.desk.quality import worklist as desk_worklist
from muniment.domain.basics.text import say


def worklist(
    context: typer.Context,
    task: Annotated[str, typer.Argument(help="One task with its items; without it the counts of all.")] = "",
    most: Annotated[int, typer.Option(help="How many items of a task to name.", min=0)] = MOST,
) -> None:
    """Show what the records lack: serials, calibres, countries, years, and lines to work off."""
    face: Face = context.obj
    if task and task not in tuple(Task):
        raise WrongUse("TASK", say("There is no task {task}; there are: {tasks}.", task=task, tasks=", ".join(Task)))
    with face.register() as opened, opened.desk.look() as work:
        found = [todo for todo in desk_worklist(work, most=most) if task in ("", todo.task)]
    value = {
        "worklist": [
            {
                "task": todo.task.value,
                "says": str(todo.says),
                "do_now": str(todo.do_now),
                "count": todo.count,
                "items": [
                    {"register_no": one.register_no, "serial": one.serial, "note": str(one.note)} for one in todo.items
                ],
            }
            for todo in found
        ]
    }
    if task:
        lines = [f"{todo.says}: {todo.count}. {todo.do_now}" for todo in found]
        rows = [(one.register_no, one.serial, str(one.note)) for todo in found for one in todo.items]
        lines += table(("number", "serial", "note"), rows) if rows else []
    else:
        rows = [(todo.task.value, str(todo.count), str(todo.says)) for todo in found]
        lines = table(("task", "count", "what"), rows) if rows else [str(say("Nothing is left to mend."))]
    face.tell(value, lines)
