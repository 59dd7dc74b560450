"""The language of the window: Qt's own machinery, one file a language in resources/translations."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator

from colorstudio.paths import resources_dir

ENGLISH = "en"


def languages() -> tuple[str, ...]:
    """Codes of the languages there are, English first."""
    files = (resources_dir() / "translations").glob("colorstudio_*.qm")
    return ENGLISH, *sorted(file.stem.removeprefix("colorstudio_") for file in files)


def language_title(code: str) -> str:
    """A language as those who speak it write it."""
    return QLocale(code).nativeLanguageName().capitalize()


def number_words(value: float, digits: int, *, shortest: bool = False) -> str:
    """A number as the language of the window writes it: "8.5", "8,5"; no zeros at its end in the shortest."""
    if shortest:
        digits = len(f"{value:.{digits}f}".rstrip("0").partition(".")[2])
    return QLocale().toString(float(value), "f", digits)


def shipped_words(text: str) -> str:
    """What palettes and networks that come along say of themselves, in the language of the window.

    Texts of others stay as they are.
    """
    return QCoreApplication.translate("Shipped", text)


def apply_language(app: QCoreApplication, choice: str = "") -> str:
    """Have the words of windows that are built from now on in a language; give its code.

    Parameters
    ----------
    choice
        A code such as "de"; empty for the desktop's language, where there is a translation into it.
    """
    for translator in app.findChildren(QTranslator):
        app.removeTranslator(translator)
        translator.deleteLater()
    code = choice or QLocale.system().name().partition("_")[0]
    if code not in languages():
        code = ENGLISH
    QLocale.setDefault(QLocale(code) if choice else QLocale.system())
    if code == ENGLISH:
        return code
    ours, qts = QTranslator(app), QTranslator(app)
    # Qt's own words: the buttons of its dialogs.
    if qts.load(f"qtbase_{code}", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
        app.installTranslator(qts)
    if ours.load(f"colorstudio_{code}", str(resources_dir() / "translations")):
        app.installTranslator(ours)
    return code
