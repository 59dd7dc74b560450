"""How the strokes lie over the photo."""

from __future__ import annotations

from enum import Enum


class Display(Enum):
    """How much of the strokes is seen."""

    SHOWN = "shown"
    DIMMED = "dimmed"
    HIDDEN = "hidden"
