"""The dialog that photos are chosen in."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QFileDialog, QWidget

from colorstudio.document.project import PROJECT_SUFFIX
from colorstudio.imaging.reading import READABLE_SUFFIXES

translate = QCoreApplication.translate


def ask_for_photos(
    parent: QWidget,
    title: str,
    start: str,
    chosen: Callable[[list[Path]], None],
    *,
    several: bool = False,
    projects: bool = False,
) -> None:
    """Open the dialog; the window goes on working meanwhile.

    Parameters
    ----------
    start
        The folder to begin in, or the file that is chosen so far.
    chosen
        Called with the files, unless the user cancels.
    several
        Whether more than one can be chosen.
    projects
        Whether projects can be chosen, too.
    """
    kind, suffixes = translate("PhotoDialog", "Photos"), sorted(READABLE_SUFFIXES)
    if projects:
        kind = translate("PhotoDialog", "Photos and projects")
        suffixes.append(PROJECT_SUFFIX)
    patterns = " ".join(f"*{suffix}" for suffix in suffixes)
    dialog = QFileDialog(parent, title, start)
    dialog.setNameFilters([f"{kind} ({patterns})", translate("PhotoDialog", "All files") + " (*)"])
    dialog.setFileMode(QFileDialog.FileMode.ExistingFiles if several else QFileDialog.FileMode.ExistingFile)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.filesSelected.connect(lambda names: chosen([Path(name) for name in names]))
    dialog.open()
