"""What the window tells, as data: a sentence, how serious it is, and what can be done about it."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum

from PySide6.QtCore import QCoreApplication

from colorstudio.errors import ColorStudioError

_log = logging.getLogger(__name__)


class Severity(Enum):
    INFO = "info"
    SUCCESS = "success"
    WARNING = "warning"
    ERROR = "error"


@dataclass(frozen=True)
class Remedy:
    """A button of a message."""

    label: str
    run: Callable[[], object]


@dataclass(frozen=True)
class Message:
    """One line of the message bar.

    Attributes
    ----------
    topic
        A new message replaces the one of the same topic; empty stands beside all others.
    """

    text: str
    severity: Severity = Severity.INFO
    remedies: tuple[Remedy, ...] = ()
    topic: str = ""


def words_for(error: BaseException, doing: str) -> str:
    """What to tell about an error. Anything but our own errors is logged with its traceback.

    Parameters
    ----------
    doing
        What was under way, to stand after "while": "opening portrait.jpg".
    """
    if isinstance(error, ColorStudioError):
        return str(error)
    _log.error("Unexpected error while %s", doing, exc_info=error)
    if isinstance(error, MemoryError):
        return QCoreApplication.translate(
            "Messages",
            "There was not enough memory while {doing}. Close other programs or use a smaller photo.",
        ).format(doing=doing)
    return QCoreApplication.translate(
        "Messages", "Something unexpected went wrong while {doing}. The details are in the log file."
    ).format(doing=doing)
