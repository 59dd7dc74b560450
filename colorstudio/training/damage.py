"""What happens to a print: uneven fading, stains, scratches, hairs and dust, and borders of paper."""

from __future__ import annotations

import math
from dataclasses import dataclass

import torch
from torch import Tensor
from torch.nn import functional as F

from colorstudio.training.draws import happens, uniform


def smooth_noise(n: int, cells: int, size: int, generator: torch.Generator) -> Tensor:
    """Noise with a mean of 0 and a spread of nearly 1 that changes over ``size / cells`` pixels.

    Returns
    -------
    Tensor
        ``(N, 1, size, size)``.
    """
    device = generator.device
    coarse = torch.randn((n, 1, cells, cells), generator=generator, device=device)
    # Bicubic, as two products of matrices: several times faster than interpolating the photos.
    to_pixels = F.interpolate(torch.eye(cells, device=device)[None, None], (size, cells), mode="bicubic")[
        0, 0
    ]
    return to_pixels @ coarse @ to_pixels.T


def _grid(size: int, device: torch.device) -> tuple[Tensor, Tensor]:
    """Rows ``(size, 1)`` and columns ``(1, size)`` of the pixels' centres."""
    at = torch.arange(size, device=device) + 0.5
    return at[:, None], at[None]


def uneven_tone(x: Tensor, strength: Tensor, generator: torch.Generator) -> Tensor:
    """Lighter and darker regions, a veil over the shadows here and there, darker or paler edges.

    Parameters
    ----------
    x
        ``(N, 1, S, S)``, black 0 to white 1.
    strength
        ``(N, 1, 1, 1)``: about the largest change, as a share.
    """
    n, size = len(x), x.shape[-1]
    patches, veil = smooth_noise(n, 3, size, generator), smooth_noise(n, 4, size, generator)
    row, col = _grid(size, x.device)
    middle = uniform((2, n, 1, 1, 1), 0.35, 0.65, generator) * size
    from_middle = ((row - middle[0]) ** 2 + (col - middle[1]) ** 2) / (0.5 * size**2)
    edges = uniform((n, 1, 1, 1), -1.6, 0.6, generator) * from_middle
    x = x * (1 + strength * (0.5 * patches + edges)).clamp_min(0)
    return x + (strength * 0.5 * veil.clamp_min(0)) * (1 - x)


def stains(x: Tensor, stained: Tensor, generator: torch.Generator) -> Tensor:
    """Patches with a soft outline, some with a dark rim as dried water leaves one.

    Parameters
    ----------
    x
        ``(N, 1, S, S)``, black 0 to white 1.
    stained
        ``(N, 1, 1, 1)`` bool: the photos that have any.
    """
    n, size = len(x), x.shape[-1]
    shape = (n, 1, 1, 1)
    outline = smooth_noise(n, 5, size, generator) + 0.15 * smooth_noise(n, 24, size, generator)
    above = outline - uniform(shape, 0.9, 1.6, generator)
    patch = (above / uniform(shape, 0.1, 1.0, generator) + 0.5).clamp(0, 1)
    rim = (1 - (above / 0.08) ** 2).clamp_min(0) * uniform(shape, -0.4, 0.25, generator).clamp_min(0)
    tone = uniform(shape, -0.25, 0.25, generator)
    changed = x + patch * tone * torch.where(tone > 0, 1 - x, x) - rim * x
    return torch.where(stained, changed, x)


# -- scratches, hairs, dust -----------------------------------------------------------------------------


@dataclass(frozen=True)
class _Curves:
    """A kind of thin mark. Lengths are shares of the photo's side, angles are from the vertical."""

    most: int
    shortest: float
    longest: float
    angle: float
    bend: float  # how far the middle is off the straight line, over the length
    widths_px: tuple[float, float]
    opacities: tuple[float, float]
    reach_px: int  # of the pixels drawn about each point


_SCRATCHES = _Curves(6, 0.15, 1.4, 0.12, 0.02, (0.25, 0.6), (0.2, 0.75), 1)
_HAIRS = _Curves(3, 0.08, 0.3, math.pi, 0.5, (0.3, 0.55), (0.3, 0.9), 1)
_SPECKS = _Curves(30, 0.0, 0.02, math.pi, 0.3, (0.25, 0.9), (0.3, 1.0), 2)


def marks(n: int, size: int, scratches: float, dust: float, generator: torch.Generator) -> Tensor:
    """Scratches on a share of the photos; hairs and specks of dust on another.

    Returns
    -------
    Tensor
        How much of the photo bright and dark marks cover, ``(N, 2, size, size)`` in [0, 1].
    """
    cover = torch.zeros((n, 2 * size * size), device=generator.device)
    for share, kinds in ((scratches, (_SCRATCHES,)), (dust, (_HAIRS, _SPECKS))):
        if share:
            marked = happens(n, share, generator)[..., 0]
            for kind in kinds:
                _draw(cover, kind, marked, size, generator)
    return cover.view(n, 2, size, size)


def _draw(cover: Tensor, kind: _Curves, marked: Tensor, size: int, generator: torch.Generator) -> None:
    """Draw some curves of a kind into `cover`, ``(N, 2 * size * size)``."""
    n, device = len(cover), cover.device
    shape = (n, kind.most, 1)
    points = math.ceil(kind.longest * size * 1.5) + 1  # so close that the line has no gaps
    count = uniform((n, 1, 1), 0, 1, generator) ** 2 * kind.most  # a few, seldom many
    alive = (torch.arange(kind.most, device=device)[:, None] <= count) & marked  # (N, K, 1)

    # Along each: a bow, and a strength that comes and goes.
    along = torch.linspace(-1, 1, points, device=device)
    half = uniform(shape, kind.shortest, kind.longest, generator) * size / 2
    bow = uniform(shape, -kind.bend, kind.bend, generator) * half * (1 - along**2)
    wave = uniform(shape, -kind.bend, kind.bend, generator) * half * torch.sin(math.pi * along) / 2
    angle = uniform(shape, -kind.angle, kind.angle, generator)
    forth, aside = half * along, bow + wave
    row = uniform(shape, 0, size, generator) + forth * angle.cos() - aside * angle.sin()  # (N, K, P)
    col = uniform(shape, 0, size, generator) + forth * angle.sin() + aside * angle.cos()
    turns = uniform(shape, 0.5, 4, generator) * along + uniform(shape, 0, 2, generator)
    strength = uniform(shape, *kind.opacities, generator) * (0.65 + 0.35 * torch.sin(math.pi * turns)) * alive
    width = uniform(shape, *kind.widths_px, generator)
    dark = (uniform(shape, 0, 1, generator) < 0.4).long()

    near = torch.arange(-kind.reach_px, kind.reach_px + 1, device=device)
    pixel_row = row.floor().long()[..., None] + near  # (N, K, P, R)
    pixel_col = col.floor().long()[..., None] + near
    narrow = -1 / (2 * width[..., None] ** 2)
    by_row = torch.exp((pixel_row + 0.5 - row[..., None]) ** 2 * narrow) * strength[..., None]
    by_col = torch.exp((pixel_col + 0.5 - col[..., None]) ** 2 * narrow)
    by_row = by_row * ((pixel_row >= 0) & (pixel_row < size))
    by_col = by_col * ((pixel_col >= 0) & (pixel_col < size))
    opacity = by_row[..., :, None] * by_col[..., None, :]  # (N, K, P, R, R)
    line = (dark[..., None] * size + pixel_row.clamp(0, size - 1)) * size
    flat = line[..., :, None] + pixel_col.clamp(0, size - 1)[..., None, :]
    cover.scatter_reduce_(1, flat.flatten(1), opacity.flatten(1), "amax")


# -- borders ---------------------------------------------------------------------------------------------


def frames(n: int, size: int, generator: torch.Generator) -> tuple[Tensor, Tensor]:
    """Borders of paper, mounts and scanners' lids at some sides, now and then with cut or rounded corners.

    Returns
    -------
    shown : Tensor
        1 where the photo shows, 0 under the border, ``(N, 1, size, size)``.
    tone : Tensor
        The border's own tone, black 0 to white 1, the same shape.
    """
    shape = (n, 1, 1, 1)
    device = generator.device
    # Distances of the four edges from the crop's sides; an edge that is not there is far outside.
    margins = uniform((4, *shape), 0.0, 0.35, generator) ** 2 * size
    there = uniform((4, *shape), 0, 1, generator) < 0.6
    top, bottom, left, right = torch.where(there, margins + 1, -0.5 * size)
    tilt = uniform(shape, -0.02, 0.02, generator)
    row, col = _grid(size, device)
    row, col = row + tilt * (col - size / 2), col - tilt * (row - size / 2)

    # The signed distance from a rectangle with round (or, in the other norm, cut) corners.
    corner = uniform(shape, 0, 0.3, generator) * size * happens(n, 0.4, generator)
    down = (row - (size + top - bottom) / 2).abs() - (size - top - bottom) / 2 + corner
    across = (col - (size + left - right) / 2).abs() - (size - left - right) / 2 + corner
    outside_down, outside_across = down.clamp_min(0), across.clamp_min(0)
    round_off = (outside_down**2 + outside_across**2).sqrt()
    cut_off = outside_down + outside_across
    beyond = torch.where(happens(n, 0.25, generator), cut_off, round_off)
    beyond = beyond + torch.maximum(down, across).clamp_max(0) - corner
    shown = (0.5 - beyond).clamp(0, 1)

    # White paper or black, now and then gray; beyond it what the scanner saw behind the print.
    kind = uniform((2, *shape), 0, 1, generator)
    deep = uniform((2, *shape), 0, 1, generator)
    tones = torch.where(kind < 0.5, 1 - 0.2 * deep, torch.where(kind < 0.85, 0.12 * deep, deep))
    behind = beyond > uniform(shape, 1, 0.2 * size, generator)
    return shown, torch.where(behind, tones[1], tones[0])
