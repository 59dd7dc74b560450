"""What the window shows before there is a photo: where to drop one, and other ways to get one."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from colorstudio.gui.theme import GRID, dim, scaled_font, set_icon

_RECENT_SHOWN = 5
_COLUMN_WIDTH = 440


class EmptyState(QWidget):
    """Asks for a photo."""

    open_requested = Signal()
    sample_requested = Signal()
    photo_requested = Signal(object)  # Path

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("emptyState")
        self._drop_hover = False

        symbol = QLabel()
        set_icon(symbol, "drop", 88, "text_dim")
        symbol.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        title = QLabel(self.tr("Drop a photo here"))
        title.setFont(scaled_font(title.font(), 1.7))
        title.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        formats = QLabel(self.tr("JPEG, PNG, TIFF, WebP or HEIC. It stays on this computer."))
        formats.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        dim(formats)

        self.open_button = QPushButton(self.tr("Open a photo…"))
        self.open_button.setObjectName("primary")
        self.open_button.setToolTip(self.tr("Choose a photo to colour (Ctrl+O)"))
        self.open_button.clicked.connect(self.open_requested)
        self.sample_button = QPushButton(self.tr("Try the sample"))
        self.sample_button.setToolTip(self.tr("Open a photo that comes with Color Studio"))
        self.sample_button.clicked.connect(self.sample_requested)
        buttons = QHBoxLayout()
        buttons.setSpacing(GRID)
        buttons.addStretch()
        buttons.addWidget(self.open_button)
        buttons.addWidget(self.sample_button)
        buttons.addStretch()

        self._recent_title = QLabel(self.tr("Recent"))
        self._recent_title.setFont(scaled_font(self._recent_title.font(), 0.92, bold=True))
        self._recent_title.setContentsMargins(GRID + 1, 0, 0, 0)
        dim(self._recent_title)
        self._recent = QVBoxLayout()
        self._recent.setSpacing(0)
        self.recent_buttons: list[QPushButton] = []

        column = QWidget()
        column.setMaximumWidth(_COLUMN_WIDTH)
        column.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        inner = QVBoxLayout(column)
        inner.setContentsMargins(3 * GRID, 0, 3 * GRID, 0)
        inner.setSpacing(GRID)
        inner.addWidget(symbol)
        inner.addSpacing(GRID)
        inner.addWidget(title)
        inner.addWidget(formats)
        inner.addSpacing(2 * GRID)
        inner.addLayout(buttons)
        inner.addSpacing(3 * GRID)
        inner.addWidget(self._recent_title)
        inner.addLayout(self._recent)

        outer = QVBoxLayout(self)
        outer.addStretch(2)
        centred = QHBoxLayout()
        centred.addStretch(1)
        centred.addWidget(column, 4)
        centred.addStretch(1)
        outer.addLayout(centred)
        outer.addStretch(3)
        self.set_recent([])

    def set_recent(self, paths: list[Path]) -> None:
        for button in self.recent_buttons:
            self._recent.removeWidget(button)
            button.deleteLater()
        self.recent_buttons = []
        for path in paths[:_RECENT_SHOWN]:
            button = QPushButton()
            set_icon(button, "photo", 16, "text_dim")
            button.setObjectName("link")
            width = _COLUMN_WIDTH - 14 * GRID
            button.setText(button.fontMetrics().elidedText(path.name, Qt.TextElideMode.ElideMiddle, width))
            button.setToolTip(str(path))
            button.setAccessibleName(self.tr("Open {name}").format(name=path.name))
            button.clicked.connect(partial(self._open_recent, path))
            self._recent.addWidget(button)
            self.recent_buttons.append(button)
        self._recent_title.setVisible(bool(paths))

    def set_sample_available(self, available: bool) -> None:
        self.sample_button.setVisible(available)

    def set_drop_hover(self, hovering: bool) -> None:
        """Something that can be dropped is over the window."""
        self._drop_hover = hovering
        self.update()

    def _open_recent(self, path: Path, _checked: bool = False) -> None:
        self.photo_requested.emit(path)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._drop_hover:
            colour = self.palette().color(QPalette.ColorRole.Highlight)
            width = 2.0
        else:
            colour, width = self.palette().color(QPalette.ColorRole.Dark), 1.5
        pen = QPen(colour, width, Qt.PenStyle.CustomDashLine)
        pen.setDashPattern([5, 4])
        painter.setPen(pen)
        inset = 2.5 * GRID
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(inset, inset, -inset, -inset), 10, 10)
