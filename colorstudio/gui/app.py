"""Starting the window."""

from __future__ import annotations

import logging
import logging.handlers
import signal
import socket
import sys
from collections.abc import Callable
from pathlib import Path
from types import FrameType, TracebackType
from typing import TYPE_CHECKING

import platformdirs

from colorstudio.errors import UsageError
from colorstudio.gui.display import why_no_window

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from colorstudio.gui.main_window import MainWindow
    from colorstudio.gui.settings import WindowSettings
    from colorstudio.gui.turing.window import TuringWindow

_LOG_BYTES = 1_000_000

_log = logging.getLogger(__name__)


def main(paths: list[Path]) -> int:
    """Open the window on the first of these photos and run until it is closed.

    Raises
    ------
    UsageError
        There is no display.
    """

    def window(app: QApplication, settings: WindowSettings) -> MainWindow:
        from colorstudio.gui.main_window import MainWindow

        made = MainWindow(settings=settings)
        app.aboutToQuit.connect(made.session.shutdown)
        made.show()
        made.open_paths(paths)
        if not paths:
            made.assistance.show_first_tour()
        return made

    return _run(window)


def main_turing(folder: Path, participant: str = "") -> int:
    """Open the window of a Turing test alone, and run until it is closed.

    Parameters
    ----------
    folder
        Of the test.
    participant
        Who answers; empty to ask.

    Raises
    ------
    UsageError
        There is no display.
    """

    def window(app: QApplication, settings: WindowSettings) -> TuringWindow:
        from colorstudio.gui.backend import Services
        from colorstudio.gui.turing.window import TuringWindow

        made = TuringWindow(Services(), settings)
        app.aboutToQuit.connect(made.shutdown)
        made.show()
        made.open_test(folder, participant)
        return made

    return _run(window)


def _run(make_window: Callable[[QApplication, WindowSettings], MainWindow | TuringWindow]) -> int:
    """Run the application with a window, whose threads end where the system ends the program first."""
    reason = why_no_window()
    if reason:
        raise UsageError(reason)
    if sys.platform == "win32":
        # On Windows torch's libraries do not load once Qt's are there; the wait is the price of it.
        # Elsewhere torch is imported on a worker thread, when the window is already on the screen.
        import torch  # noqa: F401

    _start_log()
    app = make_application()
    from colorstudio.gui.language import apply_language
    from colorstudio.gui.settings import WindowSettings
    from colorstudio.gui.theme import apply_theme, chosen_theme

    settings = WindowSettings()
    apply_language(app, settings.language)
    apply_theme(app, chosen_theme(app, settings.theme))
    window = make_window(app, settings)
    _tell_unexpected_errors(window)
    interrupt = _Interrupt(window)
    try:
        return app.exec()
    finally:
        interrupt.close()
        sys.excepthook = sys.__excepthook__


class _Interrupt:
    """Ctrl-C in the terminal closes the window.

    Python runs its signal handlers only when it gets a turn, and Qt gives it none while nothing
    happens: the signal writes to a socket, which wakes Qt up.
    """

    def __init__(self, window: MainWindow | TuringWindow) -> None:
        from PySide6.QtCore import QSocketNotifier

        self._window = window
        self._reading, self._writing = socket.socketpair()
        for end in (self._reading, self._writing):
            end.setblocking(False)
        self._former_wakeup = signal.set_wakeup_fd(self._writing.fileno(), warn_on_full_buffer=False)
        self._former_handler = signal.signal(signal.SIGINT, self._handle)
        self._notifier = QSocketNotifier(self._reading.fileno(), QSocketNotifier.Type.Read)
        self._notifier.activated.connect(self._drain)

    def _handle(self, _number: int, _frame: FrameType | None) -> None:
        self._window.close()

    def _drain(self) -> None:
        self._reading.recv(64)

    def close(self) -> None:
        self._notifier.setEnabled(False)
        signal.set_wakeup_fd(self._former_wakeup)
        signal.signal(signal.SIGINT, self._former_handler)
        self._reading.close()
        self._writing.close()


def make_application() -> QApplication:
    """The `QApplication` with its name, icon and theme; the existing one if there is one."""
    from PySide6.QtCore import QCoreApplication, Qt
    from PySide6.QtGui import QGuiApplication
    from PySide6.QtWidgets import QApplication

    from colorstudio import __version__
    from colorstudio.gui.theme import application_icon, apply_theme

    app = QCoreApplication.instance()
    if not isinstance(app, QApplication):
        QGuiApplication.setHighDpiScaleFactorRoundingPolicy(
            Qt.HighDpiScaleFactorRoundingPolicy.PassThrough  # 150 % is 150 %
        )
        app = QApplication(["colorstudio"])
    app.setApplicationName("colorstudio")
    app.setOrganizationName("colorstudio")
    app.setApplicationDisplayName("Color Studio")
    app.setApplicationVersion(__version__)
    QGuiApplication.setDesktopFileName("colorstudio")
    apply_theme(app)
    app.setWindowIcon(application_icon())
    return app


def log_file() -> Path:
    """Where unexpected errors are written down."""
    return Path(platformdirs.user_log_dir("colorstudio", appauthor=False)) / "colorstudio.log"


def _start_log() -> None:
    path = log_file()
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handler = logging.handlers.RotatingFileHandler(
            path, maxBytes=_LOG_BYTES, backupCount=1, encoding="utf-8", delay=True
        )
    except OSError:
        return  # a read-only home is no reason not to work
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    logger = logging.getLogger("colorstudio")
    logger.addHandler(handler)
    logger.setLevel(logging.INFO)


def _tell_unexpected_errors(window: MainWindow | TuringWindow) -> None:
    """An exception in a slot is logged and told in words; the window goes on."""
    from PySide6.QtCore import QCoreApplication

    from colorstudio.gui.messages import Message, Severity, words_for

    def hook(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
            return
        doing = QCoreApplication.translate("App", "doing that")
        window.tell(Message(words_for(error, doing), Severity.ERROR, topic="unexpected"))

    sys.excepthook = hook
