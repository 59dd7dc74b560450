"""A few propagations compared with pictures that were looked at: of scikit-image's photos, which are free
of rights (NASA's) or under CC0.

Run as a program, this makes the pictures in `tests/golden` again; look at them before they are committed.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image
from skimage import color, data
from skimage.draw import line
from skimage.transform import downscale_local_mean

from colorstudio.imaging.writing import WriteOptions
from colorstudio.propagation.propagator import Solver
from colorstudio.services.levin_pair import PairOptions, propagate_pair

GOLDEN = Path(__file__).parents[1] / "golden"

Strokes = list[tuple[tuple[int, int, int], list[tuple[int, int]]]]  # colour, points (x, y)

ASTRONAUT: Strokes = [
    ((150, 145, 140), [(4, 20), (22, 8), (24, 60)]),  # wall
    ((150, 145, 140), [(110, 5), (125, 60), (112, 78)]),
    ((140, 95, 50), [(48, 22), (62, 14), (75, 30), (94, 50)]),  # hair
    ((140, 95, 50), [(34, 40), (38, 58)]),
    ((205, 150, 125), [(54, 40), (64, 58), (76, 44)]),  # skin
    ((205, 150, 125), [(58, 80), (70, 80)]),
    ((210, 90, 40), [(4, 120), (14, 108)]),  # suit
    ((210, 90, 40), [(106, 108), (122, 124)]),
    ((120, 120, 122), [(18, 92), (32, 80)]),  # ring
    ((30, 30, 32), [(50, 100), (76, 98), (60, 122)]),  # collar
]
COFFEE: Strokes = [
    ((130, 80, 50), [(8, 8), (14, 40)]),  # table
    ((130, 80, 50), [(88, 8), (120, 30), (108, 92)]),
    ((225, 220, 210), [(20, 28), (34, 7), (58, 7)]),  # cup
    ((170, 110, 60), [(30, 34), (46, 34)]),  # coffee
    ((60, 62, 66), [(8, 60), (40, 88), (84, 80)]),  # saucer
    ((60, 62, 66), [(24, 44), (44, 50)]),
    ((190, 190, 195), [(64, 72), (72, 74)]),  # spoon
]
CAT: Strokes = [
    ((40, 150, 200), [(51, 36), (62, 43)]),  # eyes, blue
    ((40, 150, 200), [(103, 42), (109, 48)]),
    ((255, 255, 255), [(40, 25), (56, 23), (75, 41), (67, 54), (46, 52), (40, 25)]),  # what stays
    ((255, 255, 255), [(92, 40), (102, 34), (117, 42), (112, 57), (98, 55), (92, 40)]),
]

PAIRS = {
    "astronaut-published": (data.astronaut()[0:256, 96:352], ASTRONAUT, PairOptions()),
    "astronaut-lab": (
        data.astronaut()[0:256, 96:352],
        ASTRONAUT,
        PairOptions(space="lab", weights="symmetric"),
    ),
    "coffee-published": (data.coffee()[:, 100:], COFFEE, PairOptions()),
    "cat-recoloured": (data.chelsea()[:300, :384], CAT, PairOptions(recolor=True)),
}
# In codes of 8 bits: half a unit of I and Q, or of a* and b*, and the rounding.
LARGEST_DIFFERENCE: dict[Solver, int] = {"exact": 1, "fast": 3}


def _pair(
    photo: NDArray[np.uint8], strokes: Strokes, recolor: bool
) -> tuple[NDArray[np.uint8], NDArray[np.uint8]]:
    """The photo made smaller, gray unless it is recoloured, and the same with strokes."""
    factor = photo.shape[1] // 125
    small = downscale_local_mean(photo, (factor, factor, 1)) / 255
    codes = np.rint(255 * (small if recolor else color.rgb2gray(small))).astype(np.uint8)
    marked = codes.copy() if recolor else np.repeat(codes[..., None], 3, axis=2)
    for rgb, points in strokes:
        for (x, y), (next_x, next_y) in pairwise(points):
            rows, cols = line(y, x, next_y, next_x)
            marked[rows, cols] = marked[rows + 1, cols] = rgb
    return codes, marked


def _propagate(name: str, solver: Solver, folder: Path) -> NDArray[np.int16]:
    photo, strokes, options = PAIRS[name]
    plain, marked = folder / "plain.png", folder / "marked.png"
    for path, codes in zip((plain, marked), _pair(photo, strokes, options.recolor), strict=True):
        Image.fromarray(codes).save(path)
    options = replace(options, solver=solver)
    report = propagate_pair(plain, marked, folder / f"{name}.png", options, WriteOptions())
    with Image.open(report.output) as result:
        return np.asarray(result).astype(np.int16)


@pytest.mark.parametrize("solver", ["exact", "fast"])
@pytest.mark.parametrize("name", PAIRS)
def test_as_it_was(name: str, solver: Solver, tmp_path: Path) -> None:
    with Image.open(GOLDEN / f"{name}.png") as golden:
        expected = np.asarray(golden).astype(np.int16)
    difference = np.abs(_propagate(name, solver, tmp_path) - expected)
    assert difference.max() <= LARGEST_DIFFERENCE[solver]
    assert difference.mean() < 0.2


def test_there_are_no_others() -> None:
    assert {path.stem for path in GOLDEN.glob("*.png")} == set(PAIRS)


if __name__ == "__main__":
    with TemporaryDirectory() as made:
        for pair_name in PAIRS:
            result = _propagate(pair_name, "exact", Path(made)).astype(np.uint8)
            Image.fromarray(result).save(GOLDEN / f"{pair_name}.png", optimize=True)
