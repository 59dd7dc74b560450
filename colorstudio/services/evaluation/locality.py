"""Whether a hint is obeyed, and whether its influence stays with its object."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from colorstudio.imaging.colorspace import luminance_of_srgb, srgb_to_lab
from colorstudio.imaging.gamut import fit_to_gamut
from colorstudio.imaging.photo import Photo
from colorstudio.progress import ProgressToken
from colorstudio.propagation.constraints import Constraints
from colorstudio.services.evaluation.edits import Edit, draw_edits
from colorstudio.services.evaluation.evaluating import Measure
from colorstudio.services.evaluation.hints import generator_of
from colorstudio.services.evaluation.methods import Method
from colorstudio.services.evaluation.photos import stretched
from colorstudio.services.evaluation.record import Row

EDITS = 4  # a photo
VISIBLE = 2.3  # Delta E (CIE 1976) that is just noticed
_SIZE_PX = 256


def measure_of_locality(method: Method) -> Measure:
    """Measures what edits, each on its own, change in a method's colours: see `edits.draw_edits`.

    The figures are means over the edits, in Delta E of what is seen, the chroma fitted to the gamut:

    - "at_hint": from the colour that was asked for, where it was asked for.
    - "in_region", "in_region_before": from that colour, all over the thing, with the hints and without.
    - "outside": how far the colours moved beyond the thing and its margin.
    - "outside_visible", "unlike_visible": the share of pixels there, and of those there that have nothing of
      the thing's true colour, which moved visibly.

    "edits" tells how many there were. A photo with nothing that is fit for one has no other figure.
    """

    def measure(photo: Photo, name: str, token: ProgressToken) -> Row:
        rgb = stretched(photo, _SIZE_PX) / np.float32(255)
        luminance = luminance_of_srgb(rgb)
        edits = draw_edits(srgb_to_lab(rgb), EDITS, generator_of(name))
        if not edits:
            return {"edits": 0}
        none = Constraints(luminance.shape, np.zeros(0, np.int64), np.zeros((0, 2), np.float32))
        before: NDArray[np.float32] | None = None
        rows: list[Row] = []
        for number, chroma in enumerate(method.colours(luminance, [none, *(edit.hints for edit in edits)])):
            token.check()
            seen = fit_to_gamut(luminance, chroma)
            if before is None:
                before = seen
            else:
                rows.append(_figures(edits[number - 1], luminance, before, seen))
        keys = dict.fromkeys(key for row in rows for key in row)
        return {
            "edits": len(edits),
            **{key: float(np.mean([row[key] for row in rows if key in row])) for key in keys},
        }

    return measure


def _figures(
    edit: Edit, luminance: NDArray[np.float32], before: NDArray[np.float32], after: NDArray[np.float32]
) -> Row:
    wanted = fit_to_gamut(luminance, np.broadcast_to(edit.wanted, after.shape))
    off, off_before = (np.linalg.norm(chroma - wanted, axis=-1) for chroma in (after, before))
    moved = np.linalg.norm(after - before, axis=-1)
    figures: Row = {
        "at_hint": float(off.reshape(-1)[edit.hints.indices].mean()),
        "in_region": float(off[edit.region].mean()),
        "in_region_before": float(off_before[edit.region].mean()),
        "outside": float(moved[edit.outside].mean()),
        "outside_visible": float((moved[edit.outside] > VISIBLE).mean()),
    }
    if edit.unlike.any():
        figures["unlike_visible"] = float((moved[edit.unlike] > VISIBLE).mean())
    return figures
