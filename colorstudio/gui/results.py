"""Colours of the document's steps: what they depend on, and those that are kept."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass

from colorstudio.document.document import Document
from colorstudio.gui.backend import Machine
from colorstudio.gui.rendering import ColouredPhoto

# Of the colours that are kept for undo and redo. A photo of 12 megapixels takes 50 to 70 MB a step.
RESULT_BYTES = 1 << 30


class ResultKey:
    """All that the colours of a document depend on; its intensity is not among it.

    Strokes are told apart by identity, as everywhere in the window: hundreds of long ones compare at once.
    What does not count in a mode is left out, so that results are found again that are the same.
    """

    def __init__(self, document: Document, machine: Machine) -> None:
        settings = document.settings
        self.photo = document.photo
        self.strokes = document.strokes  # held on to, so that no other object gets their ids
        self.model = settings.model if settings.mode != "scribbles" else ""
        self.machine = machine if settings.mode != "scribbles" else None
        self.mode = settings.mode if self.strokes or settings.mode == "scribbles" else "network"
        self.reach = settings.reach if self.mode == "hybrid" else None
        self.vividness = settings.vividness if settings.mode != "scribbles" else None
        self.smoothing = settings.smoothing if settings.mode != "scribbles" else None
        self.reference = settings.reference if settings.mode != "scribbles" else None
        self.variation = settings.variation if settings.mode != "scribbles" else None
        self._identity = (
            id(self.photo), *map(id, self.strokes), id(self.reference), self.mode, self.reach, self.model,
            self.machine, self.vividness, self.smoothing, id(self.variation),
        )  # fmt: skip
        self._hash = hash(self._identity)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, ResultKey) and self._identity == other._identity

    def __hash__(self) -> int:
        return self._hash

    def is_same_but_strokes(self, other: ResultKey) -> bool:
        """Whether the same network looks at the same photo in both."""
        return (self.photo, self.model, self.machine) == (other.photo, other.model, other.machine)


@dataclass(frozen=True, eq=False)
class Coloured:
    """A photo with the colours for a key."""

    key: ResultKey
    photo: ColouredPhoto


class ResultCache:
    """The colours that were used last, within a budget of memory."""

    def __init__(self, budget_bytes: int = RESULT_BYTES) -> None:
        self.budget_bytes = budget_bytes
        self._kept: OrderedDict[ResultKey, Coloured] = OrderedDict()

    def __len__(self) -> int:
        return len(self._kept)

    @property
    def nbytes(self) -> int:
        """Memory of all that is kept."""
        return sum(coloured.photo.nbytes for coloured in self._kept.values())

    def put(self, coloured: Coloured) -> None:
        """Keep these; the newest stay whatever they take, those that were used least lately go first."""
        self._kept[coloured.key] = coloured
        self._kept.move_to_end(coloured.key)
        while len(self._kept) > 1 and self.nbytes > self.budget_bytes:
            self._kept.popitem(last=False)

    def get(self, key: ResultKey) -> Coloured | None:
        if key in self._kept:
            self._kept.move_to_end(key)
        return self._kept.get(key)

    def clear(self) -> None:
        self._kept.clear()
