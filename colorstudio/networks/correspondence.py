"""Which things of two photos are alike: the places of one, with the colours of their like in the other.

Both photos are seen through their luminance alone, by the encoder that colours them. A cell of 8 x 8 pixels
is described by the encoder's features at strides 8, 16 and 32, each made comparable over the two photos
(zero mean, unit variance per channel), and by its lightness within the photo's own range. A match must be
mutual: the cell's nearest in the other photo has its own nearest within two cells of where it came from.
How sure it is follows from how alike the two are, and from how well the colours of the next nearest and
those that the cells around it have found agree with it. The numbers are measured: docs/reference.md.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor
from torch.nn import functional as F

from colorstudio.imaging.gamut import fit_to_gamut
from colorstudio.imaging.resample import resize
from colorstudio.networks.colorizer import Colorizer, PreparedPhoto

CELL_PX = 8  # at the working size
_STRIDES = (8, 16, 32)
# Mirrored photo around the photo: at a bare border the features say above all that there is one, and corners
# would be like corners, whatever is in them.
_MARGIN_PX = 32
_LIGHTNESS_WEIGHT, _LIGHTNESS_SCALE = 0.2, 25.0
_DARKEST, _BRIGHTEST = 0.02, 0.98  # quantiles that a photo's own range of lightness goes between
_UNLIKE, _ALIKE = 0.32, 0.45  # similarity at which confidence begins, and is full
_NOTHING_LIKE = 0.15  # similarity below which nothing in the other photo is like a cell
_NEAREST = 5  # cells of the other photo whose colours are compared
_SPREAD = 8.0  # a*b* by which they may differ; at twice of it nothing is left of the confidence
_CYCLE_CELLS = 2.0
_AROUND_CELLS = 2
_SUPPORT = 4.0  # neighbours, counted by their confidence, that must have found about the same colour
_SAME = 10.0  # a*b* that they may differ by; at twice of it they do not count
_SURE = 0.5
_FULL_SHARE = 0.06  # of the photo; where less has its like, chance has a part in it, and it counts for less
_LEAST_CONFIDENCE = 0.25
_FREE_CELLS = 2.0  # no anchor so near to a match
_ANCHOR_STEP = 4


class Matches(NamedTuple):
    """Places of a photo, and the colours of what is like them in another.

    Attributes
    ----------
    positions
        ``(K, 2)`` float32 (row, col) in pixels of the photo, integers being the centres of pixels.
    chroma_lab
        ``(K, 2)`` float32 a*b*, none outside of what sRGB has at the photo's own lightness there.
    confidence
        ``(K,)`` float32. 0 for places that nothing is like: they are to stay as they are.
    share
        The part of the photo that surely has its like in the other one, 0 to 1.
    """

    positions: NDArray[np.float32]
    chroma_lab: NDArray[np.float32]
    confidence: NDArray[np.float32]
    share: float


@dataclass(frozen=True, eq=False)
class Look:
    """What a photo looks like to a network, cell by cell, N of them in rows and columns.

    Attributes
    ----------
    grid
        How many rows and columns of cells there are.
    working_shape, photo_shape
        Height and width of what the network sees, and of the photo.
    features
        ``(N, C)`` for each stride.
    lightness
        ``(N,)`` float32, the median L* of a cell.
    """

    grid: tuple[int, int]
    working_shape: tuple[int, int]
    photo_shape: tuple[int, int]
    features: list[Tensor]
    lightness: NDArray[np.float32]


@torch.inference_mode()
def look(colorizer: Colorizer, prepared: PreparedPhoto) -> Look:
    """Describe the cells of a photo."""
    rows, cols = prepared.working_shape
    luminance = prepared.luminance[0, 0, :rows, :cols].float().cpu().numpy()
    stride = colorizer.network.stride
    around = [(_MARGIN_PX, _MARGIN_PX + -side % stride) for side in (rows, cols)]
    mirrored = torch.from_numpy(np.pad(luminance, around, mode="reflect"))
    features = colorizer.network.encode(mirrored[None, None].to(prepared.luminance))
    by_stride = {mirrored.shape[0] // level.shape[-2]: level for level in features}
    grid = -(-rows // CELL_PX), -(-cols // CELL_PX)
    first = _MARGIN_PX // CELL_PX
    size = by_stride[CELL_PX].shape[-2:]
    described: list[Tensor] = []
    for level in (by_stride[stride] for stride in _STRIDES):
        fine = F.interpolate(level.float(), size=size, mode="bilinear", align_corners=False)
        cells = fine[0, :, first : first + grid[0], first : first + grid[1]]
        described.append(cells.flatten(1).T.cpu())  # (N, C)
    lightness = cell_medians(luminance[..., None])[:, 0]
    return Look(grid, prepared.working_shape, prepared.photo_shape, described, lightness)


def cell_medians(planes: NDArray[np.float32]) -> NDArray[np.float32]:
    """The median of each cell, ``(N, P)``, of planes ``(h, w, P)`` at the working size."""
    rows, cols, count = planes.shape
    down, across = -(-rows // CELL_PX), -(-cols // CELL_PX)
    whole = np.pad(planes, ((0, -rows % CELL_PX), (0, -cols % CELL_PX), (0, 0)), mode="edge")
    cells = whole.reshape(down, CELL_PX, across, CELL_PX, count).transpose(0, 2, 1, 3, 4)
    return np.median(cells.reshape(down * across, CELL_PX**2, count), axis=1)


def correspond(photo: Look, other: Look, other_chroma: NDArray[np.float32], most: int = 400) -> Matches:
    """Find what of a photo has its like in another.

    Parameters
    ----------
    photo, other
        By the same network.
    other_chroma
        a*b* of the other photo, ``(h, w, 2)`` at any size.
    most
        Of the matches: where there are more, each part of the photo keeps its surest.
    """
    colours = cell_medians(resize(other_chroma, other.working_shape))
    similarity = _similarity(photo, other)  # (N, M)
    best, nearest = similarity.max(dim=1)
    back = similarity.argmax(dim=0)[nearest].numpy()
    here = np.arange(len(back))
    cols = photo.grid[1]
    cycle = np.hypot(back // cols - here // cols, back % cols - here % cols)

    candidates = similarity.topk(min(_NEAREST, similarity.shape[1]), dim=1).indices.numpy()
    found = colours[candidates]  # (N, 5, 2)
    chroma = np.median(found, axis=1)
    spread = np.linalg.norm(found - chroma[:, None], axis=-1).mean(axis=1)

    alike = np.clip((best.numpy() - _UNLIKE) / (_ALIKE - _UNLIKE), 0, 1)
    confidence = alike * np.clip(2 - spread / _SPREAD, 0, 1) * (cycle <= _CYCLE_CELLS)
    confidence *= _agreement(confidence, chroma, photo.grid)
    matched = _spread_out(confidence, photo.grid, most)
    anchors = _anchors(best.numpy() < _NOTHING_LIKE, confidence, photo.grid)

    cells = np.concatenate([matched, anchors])
    share = float((confidence >= _SURE).mean())
    trust = min(1.0, share / _FULL_SHARE)
    confidence_there = np.where(np.isin(cells, anchors), 0, trust * confidence[cells])
    possible = fit_to_gamut(photo.lightness[cells], chroma[cells]).astype(np.float32)
    positions = _positions(cells, photo)
    return Matches(positions, possible, confidence_there.astype(np.float32), share)


def _similarity(photo: Look, other: Look) -> Tensor:
    """How alike each cell of the one is to each of the other, at most 1: ``(N, M)``."""
    total = torch.zeros(len(photo.lightness), len(other.lightness))
    for one, two in zip(photo.features, other.features, strict=True):
        both = torch.cat([one, two])
        mean, deviation = both.mean(dim=0), both.std(dim=0) + 1e-3 * both.std() + 1e-12
        unit = F.normalize((both - mean) / deviation, dim=1)
        total += unit[: len(one)] @ unit[len(one) :].T
    own, others = (torch.from_numpy(_within_range(look.lightness)) for look in (photo, other))
    apart = (own[:, None] - others[None]) / _LIGHTNESS_SCALE
    return total / len(photo.features) - _LIGHTNESS_WEIGHT * apart**2


def _within_range(lightness: NDArray[np.float32]) -> NDArray[np.float32]:
    """L* as it would be were the photo neither faded nor dark: a print of long ago meets a photo of today."""
    low, high = np.quantile(lightness, (_DARKEST, _BRIGHTEST))
    return (100 * np.clip((lightness - low) / max(high - low, 1.0), -0.5, 1.5)).astype(np.float32)


def _agreement(
    confidence: NDArray[np.floating], chroma: NDArray[np.floating], grid: tuple[int, int]
) -> NDArray[np.floating]:
    """How far the cells around each cell have found the same, 0 to 1: a match by itself is chance."""
    rows, cols = grid
    around = _AROUND_CELLS
    sure = np.pad(confidence.reshape(grid), around)
    middle = chroma.reshape(rows, cols, 2)
    found = np.pad(middle, ((around, around), (around, around), (0, 0)))
    support = np.zeros(grid)
    for down, across in np.ndindex(2 * around + 1, 2 * around + 1):
        if (down, across) != (around, around):
            there = np.s_[down : down + rows, across : across + cols]
            apart = np.linalg.norm(found[there] - middle, axis=-1)
            support += sure[there] * np.clip(2 - apart / _SAME, 0, 1)
    return np.clip(support / _SUPPORT, 0, 1).reshape(-1)


def _spread_out(confidence: NDArray[np.floating], grid: tuple[int, int], most: int) -> NDArray[np.intp]:
    """Cells of matches, in all parts of the photo: where there are too many, the surest of each square."""
    cells = np.flatnonzero(confidence >= _LEAST_CONFIDENCE)
    side = 1
    while len(cells) > most:
        side += 1
        square = cells // grid[1] // side * grid[1] + cells % grid[1] // side
        order = np.lexsort((-confidence[cells], square))
        cells = cells[order][np.unique(square[order], return_index=True)[1]]
    return cells


def _anchors(
    unlike: NDArray[np.bool_], confidence: NDArray[np.floating], grid: tuple[int, int]
) -> NDArray[np.intp]:
    """Cells, some steps apart, that nothing is like and no match is near: what is found stays where it is."""
    from scipy.ndimage import distance_transform_edt  # takes long to import

    unmatched = (confidence < _LEAST_CONFIDENCE).reshape(grid)
    if unmatched.all():
        return np.zeros(0, np.intp)
    free = unlike.reshape(grid) & (np.asarray(distance_transform_edt(unmatched)) > _FREE_CELLS)
    stepped = np.zeros(grid, np.bool_)
    stepped[_ANCHOR_STEP // 2 :: _ANCHOR_STEP, _ANCHOR_STEP // 2 :: _ANCHOR_STEP] = True
    return np.flatnonzero(free & stepped)


def _positions(cells: NDArray[np.intp], photo: Look) -> NDArray[np.float32]:
    """The middles of cells, in pixels of the photo."""
    at = np.stack([cells // photo.grid[1], cells % photo.grid[1]], axis=-1) * CELL_PX + CELL_PX / 2
    at = np.minimum(at, np.array(photo.working_shape) - 0.5)
    factor = np.array(photo.photo_shape) / np.array(photo.working_shape)
    return (at * factor - 0.5).astype(np.float32)
