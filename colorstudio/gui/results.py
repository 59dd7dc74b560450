"""What a colouring depends on."""

from __future__ import annotations

from colorstudio.document.document import Document


class ResultKey:
    """All that the colours of a document depend on; its intensity is not among it.

    Strokes are told apart by identity, as everywhere in the window: hundreds of long ones compare at once.
    What does not count in a mode is left out, so that results are found again that are the same.
    """

    def __init__(self, document: Document, device: str) -> None:
        settings = document.settings
        self.photo = document.photo
        self.strokes = document.strokes  # held on to, so that no other object gets their ids
        self.model = settings.model if settings.mode != "scribbles" else ""
        self.device = device if settings.mode != "scribbles" else ""
        self.mode = settings.mode if self.strokes or settings.mode == "scribbles" else "network"
        self.reach = settings.reach if self.mode == "hybrid" else None
        self._identity = (
            id(self.photo), *map(id, self.strokes), self.mode, self.reach, self.model, self.device,
        )  # fmt: skip
        self._hash = hash(self._identity)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, ResultKey) and self._identity == other._identity

    def __hash__(self) -> int:
        return self._hash

    def is_same_but_strokes(self, other: ResultKey) -> bool:
        """Whether the same network looks at the same photo in both."""
        return (self.photo, self.model, self.device) == (other.photo, other.model, other.device)
