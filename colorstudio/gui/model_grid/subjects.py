"""What the tiles show: the photo as it is, what strokes alone make of it, and each model's colours."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from colorstudio.document.document import Document
from colorstudio.gui.backend import ModelChoice
from colorstudio.gui.models import is_chosen, model_groups, name_in_settings


@dataclass(frozen=True)
class Subject:
    """One tile's.

    Attributes
    ----------
    model
        None for the two that need none.
    name_in_settings
        What settings say for the model.
    spreads_strokes
        Whether it is the strokes alone.
    """

    model: ModelChoice | None = None
    name_in_settings: str = ""
    spreads_strokes: bool = False

    @property
    def id(self) -> str:
        """What tells it apart for as long as the window is open."""
        if self.model is not None:
            return f"model {self.model.name}"
        return "strokes" if self.spreads_strokes else "photo"

    @property
    def can_be_used(self) -> bool:
        """Whether a photo can be coloured by it."""
        return self.model is not None or self.spreads_strokes

    def takes_strokes(self, document: Document, *, wanted: bool) -> bool:
        """Whether the document's strokes have a part in it."""
        if self.model is None:
            return self.spreads_strokes
        return wanted and self.model.takes_hints and bool(document.strokes)

    def asked(self, document: Document, *, with_strokes: bool) -> Document | None:
        """What is to be coloured for it; None for the photo as it is.

        Strokes are hints, for models that take any; what other models say is seen without them.
        """
        if not self.can_be_used:
            return None
        strokes = document.strokes if self.takes_strokes(document, wanted=with_strokes) else ()
        return Document(document.photo, replace(document.settings, **self.choice(document)), strokes)

    def choice(self, document: Document) -> dict[str, Any]:
        """The settings that choose it.

        Where strokes were alone so far, a model joins them. A variation is of the model that it was drawn by.
        """
        if self.spreads_strokes:
            return {"mode": "scribbles"}
        settings = document.settings
        return {
            "model": self.name_in_settings,
            "mode": "hybrid" if settings.mode == "scribbles" else settings.mode,
            "variation": settings.variation if settings.model == self.name_in_settings else None,
        }

    def is_present(self, document: Document, models: Sequence[ModelChoice]) -> bool:
        """Whether the document is coloured by it now."""
        alone = document.settings.mode == "scribbles"
        if self.model is None:
            return self.spreads_strokes and alone
        return not alone and is_chosen(self.model, document.settings.model, models)


PHOTO = Subject()
STROKES = Subject(spreads_strokes=True)


def subjects_for(models: Sequence[ModelChoice], *, strokes: bool) -> tuple[Subject, ...]:
    """All that there is to compare, in the order of the lists of models."""
    ordered = [model for group in model_groups(models) for model in group.models]
    return (
        PHOTO,
        *([STROKES] if strokes else []),
        *(Subject(model, name_in_settings(model, models)) for model in ordered),
    )
