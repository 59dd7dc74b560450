"""Document edits on Qt's undo stack."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtGui import QUndoCommand

from colorstudio.document.document import ChangeSettings, Document, Edit

_MERGEABLE_ID = 1


class EditCommand(QUndoCommand):
    """One `Edit` of the document as a step of the history.

    Parameters
    ----------
    edited
        Called after each apply and revert; whoever shows the document listens here.
    """

    def __init__(self, document: Document, edit: Edit, edited: Callable[[], None]) -> None:
        super().__init__(edit.name)
        self._document = document
        self._edit = edit
        self._edited = edited

    @property
    def edit(self) -> Edit:
        return self._edit

    def redo(self) -> None:
        self._edit.apply(self._document)
        self._edited()

    def undo(self) -> None:
        self._edit.revert(self._document)
        self._edited()

    def id(self) -> int:
        return _MERGEABLE_ID

    def mergeWith(self, later: QUndoCommand) -> bool:
        if not isinstance(later, EditCommand) or later._document is not self._document:
            return False
        merged = self._edit.merged_with(later._edit)
        if merged is None:
            return False
        self._edit = merged
        self.setText(merged.name)
        if isinstance(merged, ChangeSettings) and merged.before == merged.after:
            self.setObsolete(True)  # dragged away and back again: no step at all
        return True
