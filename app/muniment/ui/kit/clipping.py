"""Finds texts that do not fit their place. Screens are tested with it in every language and size."""

from __future__ import annotations

from PySide6.QtWidgets import QAbstractButton, QLabel, QWidget

from muniment.ui.kit.label import Label
from muniment.ui.kit.plate import Plate


def clipped(top: QWidget) -> list[str]:
    """The texts of visible labels and buttons that are cut off, and what sticks out of its parent.

    Labels that may end in an ellipsis, and words a wrapping label breaks over lines, count only by height.
    """
    found = []
    for label in top.findChildren(QLabel):
        if not label.isVisible() or not label.text():
            continue
        if label.wordWrap():
            cut = label.height() < label.heightForWidth(label.width())
        elif isinstance(label, Label) and label.elides:
            cut = label.height() < label.fontMetrics().height() - 2
        else:
            cut = label.width() < label.sizeHint().width() or label.height() < label.fontMetrics().height() - 2
        if cut or _sticks_out(label, top):
            found.append(label.text())
    found += [plate.serial for plate in top.findChildren(Plate) if plate.isVisible() and _sticks_out(plate, top)]
    for button in top.findChildren(QAbstractButton):
        if not button.isVisible() or not button.text():
            continue
        need = button.minimumSizeHint() if button.minimumSizeHint().isValid() else button.sizeHint()
        if button.width() < need.width() or button.height() < need.height() or _sticks_out(button, top):
            found.append(button.text())
    return found


def _sticks_out(widget: QWidget, top: QWidget) -> bool:
    """Whether a widget reaches over the edge of its parent; scrolled contents may."""
    parent = widget.parentWidget()
    if parent is None or widget is top or parent.objectName() == "qt_scrollarea_viewport":
        return False
    return not parent.rect().contains(widget.geometry())
