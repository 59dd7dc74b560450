"""One place to change every shortcut."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QKeySequenceEdit,
    QLabel,
    QLineEdit,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from colorstudio.gui.actions import ACTIONS
from colorstudio.gui.shortcuts import PORTABLE, Keys, clashes, default_keys
from colorstudio.gui.theme import GRID

_NAME = Qt.ItemDataRole.UserRole


class ShortcutEditor(QWidget):
    """Shows all commands with their keys; `keys_changed` says what the user wants."""

    keys_changed = Signal(object)  # dict of the action's name to its keys

    def __init__(self, keys: dict[str, Keys], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.keys = dict(keys)
        self.search = QLineEdit()
        self.search.setPlaceholderText(self.tr("Find a command or a key"))
        self.search.setClearButtonEnabled(True)
        self.search.setAccessibleName(self.search.placeholderText())
        self.search.textChanged.connect(self._filter)

        self.list = QTreeWidget()
        self.list.setColumnCount(2)
        self.list.setHeaderLabels([self.tr("Command"), self.tr("Keys")])
        self.list.setRootIsDecorated(False)
        self.list.setUniformRowHeights(True)
        self.list.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.list.setAccessibleName(self.tr("Commands and their keys"))
        self.list.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.list.header().setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        self.list.header().setStretchLastSection(False)
        for spec in ACTIONS:
            words = QCoreApplication.translate("Actions", spec.text).replace("&", "").rstrip("…")
            item = QTreeWidgetItem([words, ""])
            item.setToolTip(0, QCoreApplication.translate("Actions", spec.tip))
            item.setData(0, _NAME, spec.name)
            self.list.addTopLevelItem(item)
        self.list.currentItemChanged.connect(self._show_current)

        self.edit = QKeySequenceEdit()
        self.edit.setMaximumSequenceLength(1)
        self.edit.setClearButtonEnabled(True)
        self.edit.setAccessibleName(self.tr("New shortcut"))
        self.edit.editingFinished.connect(self._take)
        self.reset_button = QPushButton(self.tr("As it was"))
        self.reset_button.setToolTip(self.tr("Give this command its first keys back"))
        self.reset_button.clicked.connect(self._reset_current)
        self.reset_all_button = QPushButton(self.tr("All as they were"))
        self.reset_all_button.clicked.connect(self._reset_all)
        for button in (self.reset_button, self.reset_all_button):
            button.setAutoDefault(False)
        self.notice = QLabel()
        self.notice.setWordWrap(True)
        self.notice.setTextFormat(Qt.TextFormat.PlainText)

        row = QHBoxLayout()
        row.setSpacing(GRID)
        label = QLabel(self.tr("&Press the new keys:"))
        label.setBuddy(self.edit)
        row.addWidget(label)
        row.addWidget(self.edit, 1)
        row.addWidget(self.reset_button)
        row.addWidget(self.reset_all_button)
        column = QVBoxLayout(self)
        column.setSpacing(GRID)
        column.addWidget(self.search)
        column.addWidget(self.list, 1)
        column.addLayout(row)
        column.addWidget(self.notice)
        self._show_keys()
        self.list.setCurrentItem(self.item_of(ACTIONS[0].name))

    def item_of(self, name: str) -> QTreeWidgetItem:
        """The row of an action."""
        rows = (self.list.topLevelItem(row) for row in range(self.list.topLevelItemCount()))
        return next(item for item in rows if item is not None and item.data(0, _NAME) == name)

    def _filter(self, text: str) -> None:
        for row in range(self.list.topLevelItemCount()):
            item = self.list.topLevelItem(row)
            if item is not None:
                words = f"{item.text(0)} {item.text(1)} {item.toolTip(0)}".casefold()
                item.setHidden(text.casefold() not in words)

    def _show_keys(self) -> None:
        defaults = default_keys()
        for row in range(self.list.topLevelItemCount()):
            item = self.list.topLevelItem(row)
            if item is None:
                continue
            name = item.data(0, _NAME)
            native = (QKeySequence(key, PORTABLE) for key in self.keys[name])
            item.setText(1, "   ".join(k.toString(QKeySequence.SequenceFormat.NativeText) for k in native))
            font = item.font(1)
            font.setBold(self.keys[name] != defaults[name])
            item.setFont(1, font)

    def _current(self) -> str | None:
        item = self.list.currentItem()
        return None if item is None else str(item.data(0, _NAME))

    def _show_current(self) -> None:
        name = self._current()
        first = self.keys[name][:1] if name is not None else ()
        self.edit.setKeySequence(QKeySequence(first[0], PORTABLE) if first else QKeySequence())
        self.notice.clear()

    def _take(self) -> None:
        name = self._current()
        if name is None:
            return
        pressed = self.edit.keySequence().toString(PORTABLE)
        own = (pressed,) if pressed else ()
        if own == self.keys[name][:1]:
            return
        users = clashes({**self.keys, name: own}).get(pressed, [])
        others = [user for user in users if user != name]
        if others:
            tip = self.item_of(others[0]).text(0)
            words = self.tr(
                "These keys are taken: {command}. Press others, or give that command others first."
            )
            self.notice.setText(words.format(command=tip))
            self.edit.setKeySequence(QKeySequence(self.keys[name][0], PORTABLE) if self.keys[name] else "")
            return
        self._change({name: own})

    def _reset_current(self) -> None:
        name = self._current()
        if name is None:
            return
        defaults = default_keys()
        taken = clashes({**self.keys, name: defaults[name]})
        if any(name in users for users in taken.values()):
            self.notice.setText(self.tr("Another command has these keys by now: give it others first."))
            return
        self._change({name: defaults[name]})
        self._show_current()

    def _reset_all(self) -> None:
        self._change(default_keys())
        self._show_current()

    def _change(self, keys: dict[str, Keys]) -> None:
        self.keys.update(keys)
        self.notice.clear()
        self._show_keys()
        self.keys_changed.emit(dict(self.keys))
