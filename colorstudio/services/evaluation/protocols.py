"""The protocols of published tables, to the last constant, so that figures can stand next to theirs."""

from __future__ import annotations

from dataclasses import dataclass

from colorstudio.services.evaluation.hints import Placing


@dataclass(frozen=True)
class HintProtocol:
    """How a protocol gives hints: see `hints.place_squares`."""

    counts: tuple[int, ...]
    side_px: int
    placing: Placing


@dataclass(frozen=True)
class Protocol:
    """How a photo is measured.

    Attributes
    ----------
    size_px
        Side of the square that the photo is stretched to.
    hints
        None where no hints are given.
    smallest_error
        See `figures.psnr`.
    """

    name: str
    size_px: int
    hints: HintProtocol | None = None
    smallest_error: float = 1e-10


PROTOCOLS = {
    protocol.name: protocol
    for protocol in (
        Protocol("auto", 256),
        # Zhang et al. 2017, "Real-Time User-Guided Image Colorization with Learned Deep Priors"
        Protocol(
            "zhang2017",
            256,
            HintProtocol((0, 1, 2, 5, 10, 20, 50, 100, 200, 500), side_px=6, placing="normal"),
        ),
        # Yun et al. 2023, "iColoriT: Towards Propagating Local Hint to the Right Region"
        Protocol(
            "icolorit",
            224,
            HintProtocol((0, 1, 2, 5, 10, 20, 50, 100, 200), side_px=2, placing="grid"),
            smallest_error=1e-5,
        ),
    )
}
