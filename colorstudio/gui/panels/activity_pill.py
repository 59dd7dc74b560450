"""What is under way, over the lower edge of the photo: words, progress, and a way to stop it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QProgressBar, QToolButton, QWidget

from colorstudio.gui.session import Activity, Task
from colorstudio.gui.theme import GRID, set_icon

# What takes less needs no word: a flash of progress only disturbs.
SHOW_AFTER_MS = 300
_STEPS = 1000
# Tasks whose stages are worth reading.
_STAGED = (Task.OPEN, Task.COLOUR)


class ActivityPill(QFrame):
    """Floats at the lower edge of its parent while something is under way."""

    cancel_requested = Signal(object)  # Task

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("activity")
        self._over = parent
        self._activity: Activity | None = None
        self.label = QLabel()
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setFixedWidth(140)
        self.bar.setAccessibleName(self.tr("Progress"))
        self.cancel_button = QToolButton()
        self.cancel_button.setObjectName("flat")
        set_icon(self.cancel_button, "close", 14)
        self.cancel_button.setIconSize(QSize(14, 14))
        self.cancel_button.setToolTip(self.tr("Stop (Esc)"))
        self.cancel_button.setAccessibleName(self.tr("Stop"))
        self.cancel_button.clicked.connect(self.cancel)
        row = QHBoxLayout(self)
        row.setContentsMargins(2 * GRID, 6, GRID, 6)
        row.setSpacing(GRID + 4)
        row.addWidget(self.label)
        row.addWidget(self.bar)
        row.addWidget(self.cancel_button)
        self._delay = QTimer(self)
        self._delay.setSingleShot(True)
        self._delay.setInterval(SHOW_AFTER_MS)
        self._delay.timeout.connect(self._appear)
        parent.installEventFilter(self)
        self.hide()

    def show_activity(self, activity: Activity | None) -> None:
        """Show this after a moment, or nothing."""
        if activity is not None and activity.task is Task.RENDER:
            activity = None  # the picture itself shows how far it is
        self._activity = activity
        if activity is None:
            self._delay.stop()
            self.hide()
            return
        self.label.setText(self._words(activity))
        self.cancel_button.setEnabled(True)
        if activity.fraction is None:
            self.bar.setRange(0, 0)
        else:
            self.bar.setRange(0, _STEPS)
            self.bar.setValue(round(activity.fraction * _STEPS))
        if self.isVisible():
            self._place()
        elif not self._delay.isActive():
            self._delay.start()

    def cancel(self) -> None:
        if self._activity is not None:
            # A network in the middle of a pass looks at the wish to stop only at its end.
            self.label.setText(self.tr("Stopping…"))
            self.bar.setRange(0, 0)
            self.cancel_button.setEnabled(False)
            self._place()
            self.cancel_requested.emit(self._activity.task)

    def _appear(self) -> None:
        if self._activity is not None:
            self._place()
            self.show()
            self.raise_()

    def _words(self, activity: Activity) -> str:
        name = self.fontMetrics().elidedText(activity.subject, Qt.TextElideMode.ElideMiddle, 220)
        words = {
            Task.OPEN: self.tr("Opening {name}"),
            Task.COLOUR: self.tr("Colouring {name}"),
            Task.EXPORT: self.tr("Exporting {name}"),
            Task.PREPARE: self.tr("Preparing {name}"),
            Task.REFER: self.tr("Comparing with {name}"),
        }[activity.task].format(name=name)
        if activity.task in _STAGED and activity.stage:
            words = f"{words}  ·  {activity.stage}"
        return words

    def _place(self) -> None:
        size = self.sizeHint()
        left = (self._over.width() - size.width()) // 2
        top = self._over.height() - size.height() - 2 * GRID
        self.setGeometry(left, top, size.width(), size.height())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._over and event.type() == QEvent.Type.Resize and self.isVisible():
            self._place()
        return False

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colour = QColor(self.palette().color(QPalette.ColorRole.Window))
        colour.setAlpha(240)
        painter.setPen(QPen(self.palette().color(QPalette.ColorRole.Mid), 1))
        painter.setBrush(colour)
        area = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.drawRoundedRect(area, area.height() / 2, area.height() / 2)
