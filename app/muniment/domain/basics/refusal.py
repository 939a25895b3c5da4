"""A rule says no."""

from __future__ import annotations

from muniment.domain.basics.text import Text


class Refusal(Exception):  # noqa: N818 - a refusal is an answer, not an error
    """What a rule forbids, and what the person in front of it may do instead.

    `rule` is a stable name for scripts and tests (`ban_in_force`, `not_the_holder`). `says` is what happened,
    in the user's words; `do_now` the one act that helps. `override` names who may still allow it, and is
    absent where nobody may. `source` is the document behind the rule where there is one.
    """

    def __init__(
        self,
        rule: str,
        says: Text,
        *,
        do_now: Text | None = None,
        override: Text | None = None,
        source: str = "",
    ) -> None:
        super().__init__(str(says))
        self.rule = rule
        self.says = says
        self.do_now = do_now
        self.override = override
        self.source = source
