"""One question after the other: pictures, an answer, the next. Nothing else is on the screen."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QHideEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from colorstudio.gui.canvas.picture import Picture
from colorstudio.gui.theme import GRID, dim, scaled_font, set_surround
from colorstudio.gui.turing.pictures import PicturesView
from colorstudio.gui.turing.words import answer_words, question_words
from colorstudio.services.turing.session import Kind

_KEYS: dict[Kind, tuple[tuple[str, ...], ...]] = {
    "pairs": (("Left", "1"), ("Right", "2")),
    "single": (("Left", "1"), ("Right", "2")),
    "ranking": (),
}
_MOST_NUMBERS = 9
# Nobody looks and decides as fast as that: the key was meant for the pictures before.
LEAST_SECONDS = 0.15


class TrialPage(QWidget):
    """Asks. Keys and clicks before anybody can have looked at the pictures are no answers.

    Signals
    -------
    answered
        The choice as `answers.answer_to` takes it, and the seconds for which the pictures were seen.
    stopped
        The participant wants to go on another time.
    """

    answered = Signal(object, float)
    stopped = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kind: Kind = "pairs"
        self._order: list[int] = []  # of a ranking so far
        self.question = QLabel()
        self.question.setFont(scaled_font(self.question.font(), 1.45))
        self.count = QLabel()
        dim(self.count)
        self.pause_button = QPushButton(self.tr("Pause (Esc)"))
        self.pause_button.setAccessibleName(self.tr("Pause"))
        self.pause_button.clicked.connect(self.pause)
        head = QHBoxLayout()
        head.setContentsMargins(2 * GRID, GRID, 2 * GRID, GRID)
        head.setSpacing(2 * GRID)
        head.addWidget(self.question, 1)
        head.addWidget(self.count)
        head.addWidget(self.pause_button)
        self.progress = QProgressBar()
        self.progress.setTextVisible(False)
        self.progress.setAccessibleName(self.tr("Progress"))

        self.view = PicturesView()
        self.view.clicked.connect(self._on_clicked)
        self.view.arranged.connect(self._on_arranged)
        self.cover = _Cover()
        self.cover.resume_button.clicked.connect(self.resume)
        self.cover.stop_button.clicked.connect(self.stopped)
        self.stack = QStackedWidget()
        self.stack.addWidget(self.view)
        self.stack.addWidget(self.cover)

        self._answers = QHBoxLayout()
        self._answers.setContentsMargins(2 * GRID, int(1.5 * GRID), 2 * GRID, int(1.5 * GRID))
        self._answers.setSpacing(2 * GRID)
        self.answer_buttons: list[QPushButton] = []
        self.hint = QLabel()
        dim(self.hint)
        self.foot = QFrame()
        self.foot.setLayout(self._answers)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self.progress)
        column.addWidget(self.stack, 1)
        column.addWidget(self.foot)
        self._shortcuts: list[QShortcut] = []
        self._key("Esc", self.pause_or_resume)

    # -- what is asked ------------------------------------------------------------------------------------

    def set_kind(self, kind: Kind) -> None:
        """Questions of a kind follow."""
        self._kind = kind
        self.question.setText(question_words(kind))
        self.view.setAccessibleDescription(question_words(kind))
        while (item := self._answers.takeAt(0)) is not None:
            if (widget := item.widget()) is not None and widget is not self.hint:
                widget.deleteLater()
        for shortcut in self._shortcuts[1:]:
            shortcut.setEnabled(False)
            shortcut.deleteLater()
        del self._shortcuts[1:]
        self.answer_buttons = []
        self._answers.addStretch()
        if kind == "ranking":
            self._build_ranking()
        else:
            self.hint.hide()
            for number, words in enumerate(answer_words(kind)):
                button = self._button(words, partial(self._choose, [number]))
                button.setMinimumWidth(200)
                self.answer_buttons.append(button)
                for key in _KEYS[kind][number]:
                    self._key(key, partial(self._choose, [number]))
        self._answers.addStretch()

    def show_question(self, pictures: Sequence[Picture], number: int, total: int) -> None:
        """Show the pictures of a question.

        Parameters
        ----------
        number
            Of the question, from 1.
        """
        self._order = []
        self.stack.setCurrentWidget(self.view)
        self.view.show_pictures(pictures, numbered=self._kind == "ranking")
        self._show_number(number, total)
        self._update_ranking()
        self._enable(True)
        self.view.setFocus()

    def wait_for_pictures(self, number: int, total: int) -> None:
        """They are not there yet."""
        self.view.show_pictures(())
        self.stack.setCurrentWidget(self.view)
        self._show_number(number, total)
        self._enable(False)

    def _show_number(self, number: int, total: int) -> None:
        words = self.tr("{number} of {total}").format(number=number, total=total)
        self.count.setText(words)
        self.progress.setRange(0, total)
        self.progress.setValue(number - 1)
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, words))

    # -- pausing ------------------------------------------------------------------------------------------

    @property
    def paused(self) -> bool:
        return self.stack.currentWidget() is self.cover

    def pause(self) -> None:
        """Cover the pictures; the clock stands still."""
        if self.paused:
            return
        self.view.stop_clock()
        self.stack.setCurrentWidget(self.cover)
        self._enable(False)
        self.cover.resume_button.setFocus()

    def resume(self) -> None:
        self.stack.setCurrentWidget(self.view)
        self._enable(bool(self.view.pictures))
        self._update_ranking()
        self.view.setFocus()

    def pause_or_resume(self) -> None:
        (self.resume if self.paused else self.pause)()

    def hideEvent(self, event: QHideEvent) -> None:
        if not self.paused:
            self.view.stop_clock()
        super().hideEvent(event)

    # -- answers ------------------------------------------------------------------------------------------

    def _build_ranking(self) -> None:
        self.hint.setText(
            self.tr("Press the number of the most natural picture first, click it, or drag all into order.")
        )
        self.again_button = self._button(self.tr("Take back (Backspace)"), self._take_back)
        self.confirm_button = self._button(self.tr("That is my order (Enter)"), self._confirm)
        self.confirm_button.setObjectName("primary")
        self._answers.insertWidget(1, self.hint)
        self.hint.show()  # in the page now: before, it would be a window of its own
        self.answer_buttons = [self.again_button, self.confirm_button]
        for number in range(_MOST_NUMBERS):
            self._key(str(number + 1), partial(self._rank, number))
        self._key("Backspace", self._take_back)
        self._key("Return", self._confirm)
        self._key("Enter", self._confirm)

    def _on_clicked(self, number: int) -> None:
        if self._kind == "pairs":
            self._choose([number])
        elif number in self._order[:-1]:
            self._take_back_to(number)
        elif self._kind == "ranking":
            self._rank(number)

    def _on_arranged(self, order: list[int]) -> None:
        self._order = list(order)
        self._update_ranking()

    def _choose(self, choice: list[int]) -> None:
        seconds = self.view.seen_seconds
        if not self.paused and self.view.pictures and seconds > LEAST_SECONDS:
            self._enable(False)
            self.answered.emit(choice, seconds)

    def _rank(self, number: int) -> None:
        """Put a picture behind those that have a place. The last one comes by itself."""
        if self.paused or number >= len(self.view.pictures) or number in self._order:
            return
        self._order.append(number)
        left = [other for other in range(len(self.view.pictures)) if other not in self._order]
        self._order += left if len(left) == 1 else []
        self._update_ranking()

    def _take_back_to(self, number: int) -> None:
        """Take the place of a picture back, and those behind it."""
        del self._order[self._order.index(number) :]
        self._update_ranking()

    def _take_back(self) -> None:
        full = len(self._order) == len(self.view.pictures)
        del self._order[-2 if full else -1 :]  # the last one had come by itself
        self._update_ranking()

    def _confirm(self) -> None:
        if self.paused:
            self.resume()  # Enter, on the cover
        elif self._order and len(self._order) == len(self.view.pictures):
            self._choose(list(self._order))

    def _update_ranking(self) -> None:
        if self._kind != "ranking":
            return
        self.view.show_places(self._order)
        self.again_button.setEnabled(bool(self._order))
        full = len(self._order) == len(self.view.pictures) > 0
        self.confirm_button.setEnabled(full)
        spoken = ", ".join(str(number + 1) for number in self._order)
        if spoken:
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, spoken))

    # -- helpers ------------------------------------------------------------------------------------------

    def _enable(self, enabled: bool) -> None:
        if self._kind != "ranking" or not enabled:
            for button in self.answer_buttons:
                button.setEnabled(enabled)

    def _button(self, words: str, pressed: Callable[[], object]) -> QPushButton:
        button = QPushButton(words)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.clicked.connect(partial(_call, pressed))
        self._answers.addWidget(button)
        return button

    def _key(self, key: str, pressed: Callable[[], object]) -> None:
        shortcut = QShortcut(QKeySequence(key), self, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.setAutoRepeat(False)  # a key that is held down answers one question
        shortcut.activated.connect(pressed)
        self._shortcuts.append(shortcut)


def _call(pressed: Callable[[], object], _checked: bool = False) -> None:
    """`clicked` carries a flag that nobody has use for."""
    pressed()


class _Cover(QWidget):
    """Over the pictures during a pause."""

    def __init__(self) -> None:
        super().__init__()
        set_surround(self)
        self.setAutoFillBackground(True)
        card = QFrame()
        card.setObjectName("tourCard")
        card.setAutoFillBackground(True)
        title = QLabel(self.tr("Pause"))
        title.setFont(scaled_font(title.font(), 1.45))
        words = QLabel(self.tr("The clock stands still. All answers so far are saved."))
        dim(words)
        self.resume_button = QPushButton(self.tr("Go on"))
        self.resume_button.setObjectName("primary")
        self.resume_button.setAutoDefault(True)
        self.stop_button = QPushButton(self.tr("Stop here, go on another time"))
        self.stop_button.setAutoDefault(True)
        buttons = QHBoxLayout()
        buttons.setSpacing(GRID)
        buttons.addWidget(self.stop_button)
        buttons.addStretch()
        buttons.addWidget(self.resume_button)
        inner = QVBoxLayout(card)
        inner.setContentsMargins(3 * GRID, 3 * GRID, 3 * GRID, 2 * GRID)
        inner.setSpacing(GRID)
        inner.addWidget(title)
        inner.addWidget(words)
        inner.addSpacing(GRID)
        inner.addLayout(buttons)
        centred = QHBoxLayout()
        centred.addStretch()
        centred.addWidget(card)
        centred.addStretch()
        outer = QVBoxLayout(self)
        outer.addStretch()
        outer.addLayout(centred)
        outer.addStretch()
