"""The languages of the screen. There is English; two more are made up, and only shown to those who test."""

from __future__ import annotations

import os
import re

from PySide6.QtCore import QObject, QTranslator
from PySide6.QtWidgets import QApplication

from muniment.ui.speech import tr

TESTING = "MUNIMENT_TEST_LANGUAGES"
"""An environment variable: where it is set, made-up languages are offered too."""

STRETCHED, MIRRORED = "stretched", "mirrored"

_GAPS = re.compile(r"(\{[^}]*\})")
_ACCENTED = str.maketrans("AEIOUYaeiouycnsz", "ÀÉÎÕÜÝàéîõüýçñšž")
_ARABIC = str.maketrans(
    "abcdefghijklmnopqrstuvwxyz",
    "ابتثجحخدذرزسشصضطظعغفقكلمنه",
)


def languages() -> tuple[tuple[str, str], ...]:
    """What can be chosen: a name to keep, and how the language is called."""
    made_up = ((STRETCHED, tr("Stretched (test)")), (MIRRORED, tr("Right to left (test)")))
    return (("en", "English"), *(made_up if os.environ.get(TESTING) else ()))


def stretched(source: str) -> str:
    """A text a third longer and full of accents, its gaps left as they are: what is not translated stands out."""
    words = "".join(part if part.startswith("{") else part.translate(_ACCENTED) for part in _GAPS.split(source))
    return f"{words}{'·' * (len(source) // 3)}"


def mirrored(source: str) -> str:
    """A text in letters that run from right to left, its gaps left as they are. It means nothing."""
    return "".join(part if part.startswith("{") else part.lower().translate(_ARABIC) for part in _GAPS.split(source))


class MadeUp(QTranslator):
    """Speaks one of the made-up languages."""

    def __init__(self, language: str, parent: QObject) -> None:
        super().__init__(parent)
        self._say = mirrored if language == MIRRORED else stretched

    def translate(self, context: bytes | str, source: bytes | str, disambiguation: object = None, n: int = -1) -> str:
        """The text in the made-up language."""
        return self._say(source.decode() if isinstance(source, bytes) else source)

    def isEmpty(self) -> bool:  # noqa: N802 - Qt's name
        """Never: Qt would leave an empty translator aside."""
        return False


def speak(language: str, application: QApplication) -> bool:
    """Speak a language in windows that are still to be made; answers whether it runs from right to left."""
    if language not in (STRETCHED, MIRRORED) or not os.environ.get(TESTING):
        return False
    application.installTranslator(MadeUp(language, application))
    return language == MIRRORED
