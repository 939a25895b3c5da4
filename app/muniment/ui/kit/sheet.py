"""The style sheet, made from the tokens. Surfaces, inputs and scroll bars only; never items of a table."""

from __future__ import annotations

from collections.abc import Callable

from muniment.ui.kit.tokens import Palette


def sheet(c: Palette, *, danger: str, px: Callable[[int], int]) -> str:
    """Write the sheet for a palette. `danger` is the colour of a refused entry."""
    return f"""
QWidget[surface="page"] {{ background: {c.page}; }}
QFrame[surface="card"] {{ background: {c.panel}; border: 1px solid {c.line}; border-radius: 8px; }}
QFrame[surface="sunk"] {{ background: {c.sunk}; border: 1px solid {c.line}; border-radius: 6px; }}
QFrame[surface="top"] {{ background: {c.panel}; border: none; border-bottom: 1px solid {c.line}; }}
QFrame[surface="bar"] {{ background: {c.panel}; border: none; border-top: 1px solid {c.line}; }}
QFrame[surface="rule"] {{ background: {c.line}; border: none; }}
QScrollArea, QScrollArea > QWidget > QWidget[surface="clear"] {{ background: transparent; border: none; }}
QLineEdit, QPlainTextEdit, QComboBox, QSpinBox, QDateEdit {{
  background: {c.panel}; color: {c.text}; border: 1px solid {c.edge}; border-radius: 6px;
  padding: 0 {px(10)}px; selection-background-color: {c.accent}; selection-color: {c.on_accent}; }}
QPlainTextEdit {{ padding: {px(6)}px; }}
QLineEdit:focus, QPlainTextEdit:focus, QComboBox:focus, QSpinBox:focus, QDateEdit:focus {{
  border: 2px solid {c.focus}; }}
QLineEdit[wrong="true"] {{ border: 2px solid {danger}; }}
QLineEdit:disabled, QPlainTextEdit:disabled, QComboBox:disabled {{
  background: {c.sunk}; color: {c.quiet}; border: 1px dashed {c.edge}; }}
QComboBox QAbstractItemView {{ background: {c.panel}; color: {c.text}; border: 1px solid {c.edge};
  selection-background-color: {c.soft}; selection-color: {c.text}; }}
QCheckBox, QRadioButton {{ color: {c.text}; spacing: {px(8)}px; border: 2px solid transparent;
  border-radius: 4px; padding: 2px; }}
QCheckBox:focus, QRadioButton:focus {{ border: 2px solid {c.focus}; }}
QTableView, QListView, QTreeView {{ background: {c.panel}; border: none; outline: none; }}
QHeaderView::section {{ background: {c.sunk}; color: {c.quiet}; border: none;
  border-bottom: 1px solid {c.edge}; padding: 0 {px(12)}px; }}
QHeaderView, QTableCornerButton::section {{ background: {c.sunk}; border: none; }}
QScrollBar:vertical {{ background: {c.sunk}; width: {px(12)}px; margin: 0; }}
QScrollBar::handle:vertical {{ background: {c.edge}; border-radius: 4px; min-height: 32px; margin: 2px; }}
QScrollBar:horizontal {{ background: {c.sunk}; height: {px(12)}px; margin: 0; }}
QScrollBar::handle:horizontal {{ background: {c.edge}; border-radius: 4px; min-width: 32px; margin: 2px; }}
QScrollBar::add-line, QScrollBar::sub-line {{ height: 0; width: 0; }}
QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
QToolTip {{ background: {c.panel}; color: {c.text}; border: 1px solid {c.edge}; padding: 4px; }}
"""


def glove_sheet(c: Palette, side: int, up: str, down: str) -> str:
    """Scroll bars for gloves: `side` pixels wide, with buttons as tall; `up` and `down` are files of arrows."""
    return f"""
QScrollBar:vertical {{ width: {side}px; margin: {side}px 0 {side}px 0; }}
QScrollBar::handle:vertical {{ min-height: {side}px; margin: 4px; border-radius: 6px; }}
QScrollBar::add-line:vertical, QScrollBar::sub-line:vertical {{ height: {side}px; width: {side}px;
  background: {c.panel}; border: 1px solid {c.edge}; border-radius: 6px; subcontrol-origin: margin; }}
QScrollBar::add-line:vertical {{ subcontrol-position: bottom; }}
QScrollBar::sub-line:vertical {{ subcontrol-position: top; }}
QScrollBar::up-arrow:vertical {{ image: url("{up}"); width: {side // 2}px; height: {side // 2}px; }}
QScrollBar::down-arrow:vertical {{ image: url("{down}"); width: {side // 2}px; height: {side // 2}px; }}
QComboBox QAbstractItemView::item {{ min-height: {side}px; }}
"""
