"""What a print job is called, and what is said of it: what happened, what is safe, what to do now."""

from __future__ import annotations

from collections.abc import Mapping

from muniment.domain.basics.text import Text, say
from muniment.domain.custody.printing import FORMS, Form
from muniment.ports.paper import CAUSES, MEND, Cause, JobState, PrintJob

STATES: Mapping[JobState, Text] = {
    JobState.WAITING: say("Waits"),
    JobState.PRINTING: say("Is being printed"),
    JobState.PRINTED: say("Printed"),
    JobState.FAILED: say("Not printed"),
    JobState.UNKNOWN: say("Not known"),
    JobState.CANCELLED: say("Cancelled"),
}
"""The word for each state."""

HINTS: Mapping[Form, Text] = {
    Form.HAND_RECEIPT: say("Number of the receipt, R-000012"),
    Form.ISSUE_LOG: say("Day, 2027-01-31; empty for today"),
    Form.HISTORY: say("Number, code or serial of an item"),
    Form.MANIFEST: say("Number of the transfer, T-0000001"),
    Form.ACCEPTANCE: say("Number of the arrival, A-0000001"),
    Form.ITEM_LABELS: say("Numbers, or the code of a place; empty for all"),
    Form.PLACE_LABELS: say("Codes of places; empty for all"),
    Form.IMPORT_RECEIPT: say("Number of the import, B-0000001"),
    Form.PAPER_FORM: say("Number that the form is to bear"),
}
"""What a form wants to be told; forms that want nothing are left out."""


def called(job: PrintJob) -> Text:
    """A job in a few words."""
    if job.number:
        return say("{form} {number}", form=FORMS[job.order.form], number=job.number)
    return FORMS[job.order.form]


def happened(job: PrintJob, behind: PrintJob | None = None) -> Text:
    """What happened to a job; `behind` is the one that stands in its way."""
    cause = CAUSES[job.cause] if job.cause else None
    match job.state:
        case JobState.WAITING if behind is not None:
            return say("It waits until somebody decides about {other}.", other=called(behind))
        case JobState.WAITING:
            return say("It waits for the printer.")
        case JobState.PRINTING:
            return say("It is being printed. {trouble}", trouble=cause or say(""))
        case JobState.PRINTED if job.on_sight:
            return say("Somebody saw it in the tray.")
        case JobState.PRINTED if job.detail:
            return say("It lies in {path}.", path=job.detail)
        case JobState.PRINTED:
            return say("It was printed.")
        case JobState.FAILED:
            return say("It was not printed. {cause} {detail}", cause=cause or say(""), detail=job.detail)
        case JobState.UNKNOWN:
            return say("Not known whether it was printed: look at the tray. {cause}", cause=cause or say(""))
        case _:
            return say("It was cancelled.")


def safe(job: PrintJob) -> Text:
    """What is safe about a job that needs a person; nothing for the others."""
    if job.state is JobState.FAILED:
        return say("It was taken back from the printer: nothing more comes out by itself.")
    if job.state is JobState.UNKNOWN:
        return say("The register is unchanged. Nothing is printed again without your word.")
    return say("")


def do_now(job: PrintJob) -> Text:
    """What to do about a job that needs a person; nothing for the others."""
    paper = say("")
    if job.order.form is Form.HAND_RECEIPT and job.paper_no:
        paper = say(
            "Without any printer: write it on a paper form, number {number}, and have that signed.", number=job.paper_no
        )
    if job.state is JobState.FAILED:
        mend = MEND.get(job.cause or Cause.GONE, say("Choose another printer."))
        return say("{mend} Tear up what lies in the tray, then print again. {paper}", mend=mend, paper=paper)
    if job.state is JobState.UNKNOWN:
        return say("If it lies there whole, say so; if not, tear it up and print again. {paper}", paper=paper)
    return say("")


def news(job: PrintJob) -> Text:
    """A job in one line."""
    if job.state is JobState.FAILED:
        return say("{job}: not printed. {cause}", job=called(job), cause=CAUSES[job.cause or Cause.GONE])
    if job.state is JobState.UNKNOWN:
        return say("{job}: not known whether it was printed", job=called(job))
    if job.state is JobState.PRINTING and job.cause is not None:
        return say("{job}: {cause}", job=called(job), cause=CAUSES[job.cause])
    return say("{job}: {state}", job=called(job), state=STATES[job.state])
