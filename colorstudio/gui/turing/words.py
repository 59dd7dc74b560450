"""What the window says of Turing tests, in its language."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QLocale

from colorstudio.services.turing.charts import ChartWords
from colorstudio.services.turing.session import GRAY, REAL, Kind

translate = QCoreApplication.translate


def kind_words(kind: Kind) -> str:
    return {
        "pairs": translate("Turing", "Pairs: which one is real?"),
        "single": translate("Turing", "Single photos: does this look wrong?"),
        "ranking": translate("Turing", "Ranking: which looks most natural?"),
    }[kind]


def kind_explanation(kind: Kind) -> str:
    return {
        "pairs": translate("Turing", "A true photo beside a coloured one. Photos in colour are needed."),
        "single": translate(
            "Turing", "Coloured photos, and true ones among them. Black-and-white photos will do, too."
        ),
        "ranking": translate(
            "Turing", "The same photo in the colours of several networks, to be put in order."
        ),
    }[kind]


def question_words(kind: Kind) -> str:
    return {
        "pairs": translate("Turing", "Which one is real?"),
        "single": translate("Turing", "Does this look wrong?"),
        "ranking": translate("Turing", "Which looks most natural? Put them in order."),
    }[kind]


def answer_words(kind: Kind) -> tuple[str, str]:
    """Of the buttons, left and right; rankings have none."""
    if kind == "pairs":
        return translate("Turing", "← The left one"), translate("Turing", "The right one →")
    return translate("Turing", "← It looks natural"), translate("Turing", "It looks wrong →")


def instruction_words(kind: Kind) -> str:
    return {
        "pairs": translate(
            "Turing",
            "You will see the same photo twice: once with its true colours, once coloured by a computer. "
            "Press ← if the left one is real, → if the right one is, or click it.",
        ),
        "single": translate(
            "Turing",
            "You will see one photo at a time. Some have their true colours, some were coloured by a "
            "computer. Press ← if a photo looks natural, → if its colours look wrong.",
        ),
        "ranking": translate(
            "Turing",
            "You will see the same photo in several colours. Press the number of the one that looks most "
            "natural, then of the next, and so on, or drag them into order; Enter when all have their "
            "places.",
        ),
    }[kind]


def count_words(count: int, one: str, many: str) -> str:
    return one if count == 1 else many.format(count=count)


def source_titles() -> dict[str, str]:
    """Of what is no model."""
    return {
        REAL: translate("Turing", "True colours"),
        GRAY: translate("Turing", "Gray (control)"),
    }


def percent_words(part: float) -> str:
    return f"{QLocale().toString(part * 100, 'f', 1)} %"


def chart_words() -> ChartWords:
    """The words of charts in the language of the window."""
    return ChartWords(
        taken_for_real=translate("Turing", "Taken for the real one"),
        natural=translate("Turing", "Judged natural"),
        mean_rank=translate("Turing", "Mean rank, 1 is the most natural"),
        chance=translate("Turing", "cannot be told apart"),
        all_answers=translate("Turing", "All answers"),
        put_first=translate("Turing", "Put first"),
        told=translate("Turing", "Told right"),
        fooled_by=translate("Turing", "Fooled by {title}"),
        by_others=translate("Turing", "Fooled by others"),
        doubted=translate("Turing", "True colours doubted"),
        others=translate("Turing", "Others"),
        no_answers=translate("Turing", "No answers yet"),
        titles=source_titles(),
        decimal=QLocale().decimalPoint(),
    )
