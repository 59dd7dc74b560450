"""What a colouring is: chroma for every pixel, and how it came about."""

from __future__ import annotations

from dataclasses import dataclass

from colorstudio.document.chroma import Chroma
from colorstudio.document.document import Settings
from colorstudio.document.strokes import Stroke
from colorstudio.imaging.smoothing import Smoothing


@dataclass(frozen=True, eq=False)
class Colouring:
    """Colours of a document, before intensity.

    Attributes
    ----------
    chroma
        For `document.compositor.composite`, at any place and size.
    network
        The network's part of it; None where there was no network.
    settings, strokes
        What it was made with.
    model, device, working_size_px
        What was really used; "", "cpu" and 0 where there was no network.
    vividness
        At which the network's colours were taken; 0 where there was no network.
    painted_pixels
        How many pixels of the photo have strokes.
    seconds
        Spent in each stage: "load" (the network), "prepare" (the encoder), "predict" (the decoder), "guide",
        "propagation".
    notes
        Sentences for the user about what had to be done differently.
    smoothing
        Of the network's colours; "none" where there was no network.
    """

    chroma: Chroma
    network: Chroma | None
    settings: Settings
    strokes: tuple[Stroke, ...]
    model: str
    device: str
    working_size_px: int
    vividness: float
    painted_pixels: int
    seconds: dict[str, float]
    notes: tuple[str, ...] = ()
    smoothing: Smoothing = "none"
