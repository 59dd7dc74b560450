"""Messages in the window: a sentence, what can be done about it, and a cross to put it away."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QColor, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from colorstudio.gui.messages import Message, Severity
from colorstudio.gui.theme import GRID, current_theme, set_icon

_MAX_MESSAGES = 3
# Good news goes by itself; everything else waits until it is read.
_SUCCESS_MS = 15_000


class InlineMessage(QFrame):
    """One message."""

    dismissed = Signal(object)  # itself

    def __init__(self, message: Message, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.message = message
        self.setObjectName(f"message-{message.severity.value}")
        self.setAccessibleName(message.text)

        symbol = QLabel()
        set_icon(symbol, message.severity.value, 18, message.severity.value)
        self.label = QLabel(message.text)
        self.label.setWordWrap(True)
        self.label.setTextFormat(Qt.TextFormat.PlainText)  # names of files are not markup
        self.label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.label.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        close = QToolButton()
        close.setObjectName("flat")
        set_icon(close, "close", 14)
        close.setIconSize(QSize(14, 14))
        close.setToolTip(self.tr("Put this message away"))
        close.setAccessibleName(self.tr("Put this message away"))
        close.clicked.connect(self.dismiss)
        self.close_button = close

        row = QHBoxLayout(self)
        row.setContentsMargins(GRID + 6, 6, GRID, 6)
        row.setSpacing(GRID + 2)
        row.addWidget(symbol, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self.label, 1)
        self.buttons: list[QPushButton] = []
        for remedy in message.remedies:
            button = QPushButton(remedy.label)
            button.clicked.connect(partial(self._run, remedy.run))
            row.addWidget(button)
            self.buttons.append(button)
        row.addWidget(close)

        if message.severity is Severity.SUCCESS:
            QTimer.singleShot(_SUCCESS_MS, self, self.dismiss)

    def dismiss(self) -> None:
        self.dismissed.emit(self)

    def _run(self, run: object, _checked: bool = False) -> None:
        self.dismiss()
        run()  # type: ignore[operator]

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self.palette().color(QPalette.ColorRole.AlternateBase))
        painter.fillRect(
            0, 0, 3, self.height(), QColor(getattr(current_theme(), self.message.severity.value))
        )
        painter.fillRect(0, self.height() - 1, self.width(), 1, self.palette().color(QPalette.ColorRole.Mid))


class MessageBar(QWidget):
    """The latest messages, the newest on top."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("messageBar")
        self.setAccessibleName(self.tr("Messages"))
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._shown: list[InlineMessage] = []
        self.hide()

    @property
    def messages(self) -> list[Message]:
        return [item.message for item in self._shown]

    @property
    def items(self) -> list[InlineMessage]:
        return list(self._shown)

    def show_message(self, message: Message) -> None:
        for item in self.items:
            if item.message == message or (message.topic and item.message.topic == message.topic):
                self._remove(item)
        while len(self._shown) >= _MAX_MESSAGES:
            self._remove(self._shown[-1])
        item = InlineMessage(message, self)
        item.dismissed.connect(self._remove)
        self._shown.insert(0, item)
        self._column.insertWidget(0, item)
        item.show()
        self.show()
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, message.text))
        self.changed.emit()

    def clear_topic(self, *topics: str) -> None:
        for item in self.items:
            if item.message.topic in topics:
                self._remove(item)

    def clear(self) -> None:
        for item in self.items:
            self._remove(item)

    def _remove(self, item: InlineMessage) -> None:
        if item not in self._shown:
            return
        self._shown.remove(item)
        self._column.removeWidget(item)
        item.hide()
        item.deleteLater()
        self.setVisible(bool(self._shown))
        self.changed.emit()
