"""Which changes belong together: those of one drag, or of keys and wheel in quick succession."""

from __future__ import annotations

from itertools import count

from PySide6.QtCore import QObject, QTimer

# Changes by wheel or key that follow each other within this time are one step of the history.
_BURST_MS = 700

_numbers = count(1)  # of all gestures: two widgets never share one


class Gesture(QObject):
    """Numbers the gestures of a widget.

    A drag is one from `press` to `release`; anything else ends a while after its last `change`.
    """

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._number = next(_numbers)
        self._pressed = False
        self._burst = QTimer(self)
        self._burst.setSingleShot(True)
        self._burst.setInterval(_BURST_MS)
        self._burst.timeout.connect(self._end)

    def press(self) -> None:
        self._end()
        self._pressed = True

    def release(self) -> None:
        self._pressed = False
        self._end()

    def change(self) -> int:
        """Something changed; the number of the gesture that it belongs to."""
        if not self._pressed:
            self._burst.start()
        return self._number

    def single(self) -> int:
        """Something changed that is a gesture by itself, such as a click."""
        self._end()
        number = self._number
        self._end()
        return number

    def _end(self) -> None:
        self._burst.stop()
        self._number = next(_numbers)
