"""Before and after the questions: who answers, how, and thanks."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from colorstudio.gui.theme import GRID, dim, scaled_font
from colorstudio.gui.turing.words import count_words, instruction_words, question_words
from colorstudio.services.turing.answers import Answers
from colorstudio.services.turing.session import TuringSession
from colorstudio.services.turing.trials import LONGEST_NAME

_WIDTH = 560
_MOST_NAMED = 12


class WelcomePage(QWidget):
    """Asks for a name and tells what to do.

    Signals
    -------
    begin_requested
        The participant's name, as it was typed.
    results_requested, back_requested
        The results so far are wanted; another test is.
    """

    begin_requested = Signal(str)
    results_requested = Signal()
    back_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title = QLabel()
        self.title.setFont(scaled_font(self.title.font(), 1.7))
        self.title.setWordWrap(True)
        self.title.setTextFormat(Qt.TextFormat.PlainText)
        self.instruction = QLabel()
        self.instruction.setWordWrap(True)
        self.pausing = QLabel(
            self.tr("Take the time you need; it is measured, but faster is not better. Esc makes a pause.")
        )
        self.pausing.setWordWrap(True)
        dim(self.pausing)
        label = QLabel(self.tr("&Participant"))
        self.name_edit = QLineEdit()
        self.name_edit.setMaxLength(LONGEST_NAME)
        self.name_edit.setAccessibleName(self.tr("Participant"))
        self.name_edit.setPlaceholderText(self.tr("A name, or any word that stands for you"))
        self.name_edit.textChanged.connect(self._update)
        self.name_edit.returnPressed.connect(self._begin)
        label.setBuddy(self.name_edit)
        self.begin_button = QPushButton(self.tr("&Begin"))
        self.begin_button.setObjectName("primary")
        self.begin_button.clicked.connect(self._begin)
        row = QHBoxLayout()
        row.setSpacing(GRID)
        row.addWidget(label)
        row.addWidget(self.name_edit, 1)
        row.addWidget(self.begin_button)
        self.standing = QLabel()
        self.standing.setTextFormat(Qt.TextFormat.PlainText)
        self.standing.setWordWrap(True)
        dim(self.standing)
        self.people = QLabel()
        self.people.setTextFormat(Qt.TextFormat.PlainText)  # names are not markup
        self.people.setWordWrap(True)
        dim(self.people)
        self.results_button = QPushButton(self.tr("&Results"))
        self.results_button.clicked.connect(self.results_requested)
        self.back_button = QPushButton(self.tr("&Another test…"))
        self.back_button.clicked.connect(self.back_requested)
        foot = QHBoxLayout()
        foot.setSpacing(GRID)
        foot.addWidget(self.back_button)
        foot.addStretch()
        foot.addWidget(self.results_button)

        column = QWidget()
        column.setMaximumWidth(_WIDTH)
        inner = QVBoxLayout(column)
        inner.setSpacing(int(1.5 * GRID))
        inner.addWidget(self.title)
        inner.addWidget(self.instruction)
        inner.addWidget(self.pausing)
        inner.addSpacing(2 * GRID)
        inner.addLayout(row)
        inner.addWidget(self.standing)
        inner.addSpacing(2 * GRID)
        inner.addWidget(self.people)
        inner.addLayout(foot)
        centred = QHBoxLayout()
        centred.addStretch(1)
        centred.addWidget(column, 20)
        centred.addStretch(1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(3 * GRID, 3 * GRID, 3 * GRID, 3 * GRID)
        outer.addStretch(2)
        outer.addLayout(centred)
        outer.addStretch(3)
        self._session: TuringSession | None = None
        self._answers = Answers(())

    def show_test(self, session: TuringSession, answers: Answers, name: str = "", thanked: str = "") -> None:
        """Ask for a participant.

        Parameters
        ----------
        name
            Who is proposed.
        thanked
            Who has just answered the last question; empty for nobody.
        """
        self._session, self._answers = session, answers
        self.title.setText(question_words(session.kind))
        if thanked:
            self.title.setText(self.tr("Thank you, {name}!").format(name=thanked))
        words = self.tr("All your answers are saved. Who is next?")
        self.instruction.setText(words if thanked else instruction_words(session.kind))
        self.pausing.setVisible(not thanked)
        self.name_edit.setText(name)
        self._show_people()
        self._update()
        self.name_edit.setFocus()
        self.name_edit.selectAll()

    def _show_people(self) -> None:
        if self._session is None:
            return
        total = len(self._session.photos)
        shown = [
            self.tr("{name} ({count} of {total})").format(
                name=name, count=len(self._answers.of(name)), total=total
            )
            for name in self._answers.participants[-_MOST_NAMED:]
        ]
        more = len(self._answers.participants) - len(shown)
        if more > 0:
            shown.insert(0, self.tr("{count} others").format(count=more))
        self.people.setText(self.tr("So far: {names}").format(names=", ".join(shown)) if shown else "")
        self.people.setVisible(bool(shown))

    def _update(self) -> None:
        if self._session is None:
            return
        name = " ".join(self.name_edit.text().split())
        done, total = len(self._answers.of(self._answers.known_as(name))), len(self._session.photos)
        finished = bool(name) and done >= total
        self.begin_button.setEnabled(bool(name) and not finished)
        self.begin_button.setText(self.tr("&Go on") if 0 < done < total else self.tr("&Begin"))
        if finished:
            words = self.tr("{name} has answered all questions already.").format(name=name)
        elif name and done:
            words = self.tr("{name} has answered {count} of {total} questions and goes on there.")
            words = words.format(name=name, count=done, total=total)
        else:
            one, many = self.tr("1 question"), self.tr("{count} questions")
            words = count_words(total, one, many).format(count=total)
        self.standing.setText(words)

    def _begin(self) -> None:
        if self.begin_button.isEnabled():
            self.begin_requested.emit(self.name_edit.text())
