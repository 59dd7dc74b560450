"""The window of a Turing test: from setting it up to its results."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QFileDialog, QStackedWidget, QVBoxLayout, QWidget

from colorstudio.errors import ColorStudioError, UsageError
from colorstudio.gui.backend import Backend, Catalogue
from colorstudio.gui.desktop import show_in_folder
from colorstudio.gui.jobs import Deliver, Lane
from colorstudio.gui.messages import Message, Remedy, Severity, words_for
from colorstudio.gui.panels.message_bar import MessageBar
from colorstudio.gui.settings import WindowSettings
from colorstudio.gui.theme import application_icon
from colorstudio.gui.turing.looking_ahead import LookingAhead
from colorstudio.gui.turing.results_page import ResultsPage, chart_look
from colorstudio.gui.turing.set_up_page import NewTest, SetUpPage
from colorstudio.gui.turing.trial_page import TrialPage
from colorstudio.gui.turing.welcome_page import WelcomePage
from colorstudio.gui.turing.words import chart_words
from colorstudio.gui.turing.work import (
    Charted,
    Opened,
    begin_test,
    draw_charts,
    find_results,
    open_test,
    write_charts,
    write_table,
)
from colorstudio.progress import ProgressToken
from colorstudio.services.turing.answers import Answers, AnswerWriter, answer_to
from colorstudio.services.turing.results import Results
from colorstudio.services.turing.session import TuringSession
from colorstudio.services.turing.trials import Trial, tidy_name, trials_of

_TOPIC = "turing"


class TuringWindow(QWidget):
    """One test at a time, and one participant.

    Parameters
    ----------
    new_lane
        Where work is done that ends with another window; None for lanes of its own.
    """

    _not_written = Signal(object)  # an error, from the thread that writes answers

    def __init__(
        self,
        backend: Backend,
        settings: WindowSettings,
        parent: QWidget | None = None,
        new_lane: Callable[[str], Lane] | None = None,
    ) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self._backend, self._settings = backend, settings
        self._opened: Opened | None = None
        self._participant = ""
        self._left: tuple[Trial, ...] = ()  # questions that are not answered yet
        self._writer: AnswerWriter | None = None
        self._proposed_name = ""
        self._close_anyway = False
        self._own_lanes: list[Lane] = []
        self._new_lane = new_lane or self._lane_of_its_own
        self.setObjectName("turingWindow")
        self.setWindowTitle(self.tr("Turing test"))
        self.setWindowIcon(application_icon())
        self.resize(1280, 800)
        self._build()
        self._connect()

    def _build(self) -> None:
        self.message_bar = MessageBar()
        self.set_up, self.welcome = SetUpPage(), WelcomePage()
        self.trial, self.results = TrialPage(), ResultsPage()
        self.stack = QStackedWidget()
        for page in (self.set_up, self.welcome, self.trial, self.results):
            self.stack.addWidget(page)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.message_bar)
        column.addWidget(self.stack, 1)

    def _connect(self) -> None:
        self._catalogue_lane = self._new_lane("turing catalogue")
        self._catalogue_lane.finished.connect(self._on_catalogue)
        self._catalogue_lane.failed.connect(partial(self._on_failed, self.tr("looking for networks")))
        self._lane = self._new_lane("turing preparation")
        self._lane.progressed.connect(self.set_up.show_progress)
        self._lane.finished.connect(self._on_opened)
        self._lane.failed.connect(self._on_not_opened)
        self._lane.cancelled.connect(self._on_stopped)
        self._ahead = LookingAhead(self._new_lane("turing pictures"), self)
        self._ahead.ready.connect(self._on_ready)
        self._ahead.failed.connect(self._on_pictures_failed)
        self._results_lane = self._new_lane("turing results")
        self._results_lane.finished.connect(self._on_results)
        self._results_lane.failed.connect(partial(self._on_failed, self.tr("counting the answers")))
        self._chart_lane = self._new_lane("turing charts")
        self._chart_lane.finished.connect(self._on_charted)
        self._chart_lane.failed.connect(partial(self._on_failed, self.tr("drawing the charts")))
        self._export_lane = self._new_lane("turing export")
        self._export_lane.finished.connect(self._on_exported)
        self._export_lane.failed.connect(partial(self._on_failed, self.tr("exporting")))
        self.set_up.begin_requested.connect(self.begin_test)
        self.set_up.open_requested.connect(self.open_test)
        self.set_up.stop_requested.connect(self._lane.cancel)
        self.welcome.begin_requested.connect(self.begin)
        self.welcome.results_requested.connect(self.show_results)
        self.welcome.back_requested.connect(self.show_set_up)
        self.trial.answered.connect(self._on_answered)
        self.trial.stopped.connect(self._welcome)
        self.results.back_requested.connect(self._welcome)
        self.results.charts_outdated.connect(self._draw_charts)
        self.results.export_charts_requested.connect(self._ask_for_charts)
        self.results.export_table_requested.connect(self._ask_for_table)
        self.results.folder_requested.connect(self._show_answers)
        self._not_written.connect(self._on_not_written)
        for key, method in (("F11", self._full_screen), ("Ctrl+W", self.close)):
            QShortcut(QKeySequence(key), self).activated.connect(method)
        self._catalogue_lane.submit(partial(_catalogue, self._backend))

    def _lane_of_its_own(self, name: str) -> Lane:
        lane = Lane(name, self)
        self._own_lanes.append(lane)
        return lane

    # -- a test -------------------------------------------------------------------------------------------

    @property
    def session(self) -> TuringSession | None:
        return self._opened.session if self._opened is not None else None

    def show_set_up(self) -> None:
        """Another test."""
        self.stack.setCurrentWidget(self.set_up)
        self.set_up.photos_edit.setFocus()

    def begin_test(self, new: NewTest) -> None:
        """Prepare a new test."""
        self._prepare(
            partial(begin_test, self._backend, self._settings.device, new.folder, new.photos, new.wishes)
        )

    def open_test(self, folder: Path, participant: str = "") -> None:
        """Go on with a test that is there; a participant's name is proposed."""
        self._proposed_name = participant
        self._prepare(partial(open_test, self._backend, self._settings.device, folder))

    def _prepare(self, work: Callable[[ProgressToken, Deliver], Opened]) -> None:
        self.message_bar.clear()
        self.stack.setCurrentWidget(self.set_up)
        self.set_up.show_progress(0.0, "")
        self._lane.submit(work)

    def _on_catalogue(self, catalogue: Catalogue) -> None:
        self.set_up.set_models(catalogue.models)

    def _on_opened(self, opened: Opened) -> None:
        self.set_up.set_busy(False)
        self._close_writer()
        self._opened = opened
        self._writer = AnswerWriter(opened.session, self._not_written.emit)
        self.setWindowTitle(self.tr("Turing test: {name}").format(name=opened.session.folder.name))
        if opened.notes:
            self.tell(Message(" ".join(opened.notes), Severity.INFO, topic=_TOPIC))
        self.welcome.show_test(opened.session, opened.answers, self._proposed_name)
        self._proposed_name = ""
        self.stack.setCurrentWidget(self.welcome)

    def _on_not_opened(self, error: Exception) -> None:
        self.set_up.set_busy(False)
        self._on_failed(self.tr("preparing the test"), error)

    def _on_stopped(self) -> None:
        self.set_up.set_busy(False)
        words = self.tr("Stopped. The pictures that are made are kept, and it goes on there next time.")
        self.tell(Message(words, Severity.INFO, topic=_TOPIC))

    # -- questions ----------------------------------------------------------------------------------------

    def begin(self, name: str) -> None:
        """Ask a participant what they have not answered yet."""
        opened = self._opened
        if opened is None:
            return
        try:
            self._participant = opened.answers.known_as(tidy_name(name))
        except UsageError as error:
            self.tell(Message(str(error), Severity.WARNING, topic=_TOPIC))
            return
        self.message_bar.clear_topic(_TOPIC)
        done = {answer.trial for answer in opened.answers.of(self._participant)}
        trials = trials_of(opened.session, self._participant)
        self._left = tuple(trial for trial in trials if trial.number not in done)
        self._ahead.clear()
        self.trial.set_kind(opened.session.kind)
        self.stack.setCurrentWidget(self.trial)
        self._ask()

    def _ask(self) -> None:
        """Show the next question, or thank."""
        opened = self._opened
        if opened is None:
            return
        if not self._left:
            self._welcome(thanked=self._participant)
            return
        self._ahead.want(opened.session, self._left)
        trial, total = self._left[0], len(opened.session.photos)
        number = total - len(self._left) + 1
        pictures = self._ahead.pictures(trial)
        if pictures is None:
            self.trial.wait_for_pictures(number, total)
        else:
            self.trial.show_question(pictures, number, total)

    def _on_ready(self, number: int) -> None:
        waiting = self.stack.currentWidget() is self.trial and not self.trial.view.pictures
        if waiting and self._left and self._left[0].number == number:
            self._ask()

    def _on_answered(self, choice: list[int], seconds: float) -> None:
        opened = self._opened
        if opened is None or self._writer is None or not self._left:
            return
        answer = answer_to(opened.session, self._participant, self._left[0], choice, seconds)
        self._writer.put(answer)
        answers = Answers((*opened.answers.rows, answer), opened.answers.damaged)
        self._opened = Opened(opened.session, answers)
        self._left = self._left[1:]
        self._ask()

    def _on_not_written(self, error: ColorStudioError) -> None:
        self.trial.pause()
        remedy = Remedy(self.tr("Try again"), self._write_again)
        words = self.tr("{error} Your answers are kept until they can be written.").format(error=error)
        self.tell(Message(words, Severity.ERROR, (remedy,), "answers"))

    def _write_again(self) -> None:
        if self._writer is not None:
            self._writer.try_again()

    def _on_pictures_failed(self, error: Exception) -> None:
        self._on_failed(self.tr("reading the pictures"), error)
        self._welcome()

    def _welcome(self, thanked: str = "") -> None:
        if self._opened is None:
            self.show_set_up()
            return
        name = "" if thanked or not self._left else self._participant
        self.welcome.show_test(self._opened.session, self._opened.answers, name, thanked)
        self.stack.setCurrentWidget(self.welcome)

    # -- results ------------------------------------------------------------------------------------------

    def show_results(self) -> None:
        """Count all answers, those of others too, and show what they say."""
        if self.session is not None:
            self._results_lane.submit(partial(find_results, self.session, self._writer))

    def _on_results(self, results: Results) -> None:
        self.results.show_results(results)
        self.stack.setCurrentWidget(self.results)
        self.results.back_button.setFocus()
        self._draw_charts()

    def _draw_charts(self) -> None:
        results = self.results.results
        if results is not None and self.results.isVisible():
            sizes, ratio = self.results.chart_sizes, self.devicePixelRatioF()
            self._chart_lane.submit(
                partial(draw_charts, results, sizes, ratio, chart_look(), chart_words()), group=results
            )

    def _on_charted(self, charted: Charted) -> None:
        if charted.results is self.results.results:
            self.results.show_charts(charted.bars, charted.pie)

    def _ask_for_charts(self) -> None:
        self._ask_for_file(
            self.tr("Export charts"),
            "chartsChoice",
            "results.pdf",
            ("PDF (*.pdf)", "PNG (*.png)", "SVG (*.svg)"),
            self._export_charts,
        )

    def _ask_for_table(self) -> None:
        words = self.tr("Export table")
        self._ask_for_file(words, "tableChoice", "results.csv", ("CSV (*.csv)",), self._export_table)

    def _ask_for_file(
        self, title: str, name: str, proposal: str, filters: tuple[str, ...], chosen: Callable[[str], None]
    ) -> None:
        if self.session is None:
            return
        dialog = QFileDialog(self, title, str(self.session.folder / proposal))
        dialog.setObjectName(name)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilters(list(filters))
        dialog.setDefaultSuffix(proposal.rpartition(".")[2])
        dialog.filterSelected.connect(partial(_follow_filter, dialog))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(chosen)
        dialog.open()

    def _export_charts(self, name: str) -> None:
        if self.results.results is not None:
            self._export_lane.submit(partial(write_charts, self.results.results, Path(name), chart_words()))

    def _export_table(self, name: str) -> None:
        if self.results.results is not None:
            self._export_lane.submit(partial(write_table, self.results.results, Path(name)))

    def _on_exported(self, path: Path) -> None:
        remedy = Remedy(self.tr("Show in folder"), partial(show_in_folder, path))
        words = self.tr("Saved {name}.").format(name=path.name)
        self.tell(Message(words, Severity.SUCCESS, (remedy,), _TOPIC))

    def _show_answers(self) -> None:
        if self.session is not None:
            show_in_folder(self.session.answers_path)

    # -- messages and the end -----------------------------------------------------------------------------

    def tell(self, message: Message) -> None:
        """Say something in the message bar."""
        self.message_bar.show_message(message)

    def _on_failed(self, doing: str, error: Exception) -> None:
        self.tell(Message(words_for(error, doing), Severity.ERROR, topic=_TOPIC))

    def _full_screen(self) -> None:
        (self.showNormal if self.isFullScreen() else self.showFullScreen)()

    def changeEvent(self, event: QEvent) -> None:
        # Who looks at something else does not look at the pictures.
        away = event.type() == QEvent.Type.ActivationChange and not self.isActiveWindow()
        if away and self.stack.currentWidget() is self.trial:
            self.trial.pause()
        super().changeEvent(event)

    def shutdown(self) -> None:
        """Write what is not written yet, and end the threads."""
        self._close_writer()
        for lane in self._own_lanes:
            lane.request_close()
        for lane in self._own_lanes:
            lane.close()

    def _close_writer(self) -> int:
        writer, self._writer = self._writer, None
        return writer.close() if writer is not None else 0

    def closeEvent(self, event: QCloseEvent) -> None:
        self.trial.pause()
        if self._writer is not None and self._writer.unwritten and not self._close_anyway:
            self._close_anyway = True
            words = self.tr(
                "Some answers are not written yet and will be lost. Close once more to do without them."
            )
            remedy = Remedy(self.tr("Try again"), self._write_again)
            self.tell(Message(words, Severity.WARNING, (remedy,), "answers"))
            event.ignore()
            return
        if self._own_lanes:  # it is the only window
            self.shutdown()
        event.accept()


def _catalogue(backend: Backend, _token: ProgressToken, _deliver: Deliver) -> Catalogue:
    return backend.catalogue()


def _follow_filter(dialog: QFileDialog, chosen: str) -> None:
    """A name without an ending gets that of the kind of file that is chosen."""
    dialog.setDefaultSuffix(chosen.rpartition("*.")[2].rstrip(")"))
