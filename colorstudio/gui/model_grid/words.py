"""What is said of a subject, on its tile and beside the tiles."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from colorstudio.gui.language import number_words, shipped_words
from colorstudio.gui.model_grid.subjects import Subject
from colorstudio.gui.models import facts_words, year_or_size_words

translate = QCoreApplication.translate


def title_words(subject: Subject) -> str:
    if subject.model is not None:
        return subject.model.title
    if subject.spreads_strokes:
        return translate("ModelGrid", "Strokes alone (Levin 2004)")
    return translate("ModelGrid", "Black-and-white photo")


def facts_of_tile(subject: Subject, seconds: float | None, *, takes_strokes: bool | None) -> str:
    """The second line of a tile: year or size, the time it took, and whether strokes were taken along.

    Parameters
    ----------
    seconds
        None where it is not coloured.
    takes_strokes
        None where there are no strokes.
    """
    facts = [year_or_size_words(subject.model)] if subject.model is not None else []
    if seconds is not None:
        facts.append(translate("ModelGrid", "{seconds} s").format(seconds=number_words(seconds, 2)))
    if takes_strokes is not None and subject.model is not None:
        facts.append(
            translate("ModelGrid", "with strokes")
            if takes_strokes
            else translate("ModelGrid", "without strokes")
        )
    return " · ".join(fact for fact in facts if fact)


def details_words(subject: Subject) -> tuple[str, ...]:
    """Lines that say more of it."""
    if subject.model is not None:
        return facts_words(subject.model), shipped_words(subject.model.description)
    if subject.spreads_strokes:
        return (
            translate(
                "ModelGrid", "The colours you painted spread along the edges of the photo, without a network."
            ),
        )
    return (translate("ModelGrid", "For comparison: the photo as it is, before any colours."),)
