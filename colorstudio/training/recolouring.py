"""Photos with one thing painted in another colour: what a user does with a stroke.

A network that saw only true colours takes a hint as news of the whole picture: the coat is red, so it is an
evening, so all is warm. Here one connected region of the truth gets a colour of chance and all else stays,
so that a hint says what the thing is like and no more.
"""

from __future__ import annotations

import torch
from torch import Tensor
from torch.nn import functional as F

from colorstudio.training.draws import uniform

_CELL = 4  # pixels of the grid on which the region grows
_STEPS = 32  # cells that it grows in each direction, at most
_LUMINANCE_WEIGHT = 0.5  # of a difference in L* against one in a*b*
_TOLERANCE = (8.0, 25.0)  # of colours that belong together
_LEAST_CHROMA, _MOST_CHROMA = 15.0, 90.0


def recolour(
    luminance: Tensor, chroma_lab: Tensor, share: float, generator: torch.Generator
) -> tuple[Tensor, Tensor, Tensor]:
    """Give one region of some of the photos another colour.

    Parameters
    ----------
    luminance, chroma_lab
        The true L* ``(N, 1, S, S)`` and a*b* ``(N, 2, S, S)``.
    share
        Of photos that are changed.

    Returns
    -------
    chroma_lab
        As it is now.
    places
        ``(N, 2)`` row and column of a pixel inside the region; -1 where nothing is changed.
    region
        How much each pixel belongs to the region, ``(N, 1, S, S)`` in [0, 1]; zero where nothing is changed.
    """
    n, _, size, _ = chroma_lab.shape
    device = chroma_lab.device
    chosen = uniform((n, 1), 0, 1, generator) < share
    lab = torch.cat([luminance * _LUMINANCE_WEIGHT, chroma_lab], 1)
    cells = F.avg_pool2d(lab, _CELL)  # (N, 3, h, w)
    columns = cells.shape[-1]
    at = torch.randint(0, cells.shape[-2] * columns, (n, 1), generator=generator, device=device)
    own = torch.gather(cells.flatten(2), 2, at[:, None].expand(-1, 3, -1))[..., None]  # (N, 3, 1, 1)
    tolerance = uniform((n, 1, 1, 1), *_TOLERANCE, generator)

    alike = ((cells - own).norm(dim=1, keepdim=True) < tolerance).to(lab.dtype)
    grown = torch.zeros_like(alike).flatten(1).scatter_(1, at, 1.0).view_as(alike)
    for _ in range(_STEPS):
        grown = F.max_pool2d(grown, 3, stride=1, padding=1) * alike
    # To pixels: near the grown cells, and as like the seed as they are.
    near = F.max_pool2d(grown, 3, stride=1, padding=1)
    near = F.interpolate(near, size=(size, size), mode="bilinear", align_corners=False)
    likeness = (2 - (lab - own).norm(dim=1, keepdim=True) / tolerance).clamp(0, 1)
    region = near * likeness * chosen[:, :, None, None]

    # Bright and dark things have no strong colours in sRGB.
    seed_luminance = own[:, 0, 0] / _LUMINANCE_WEIGHT  # (N, 1)
    strongest = (10 + 1.6 * torch.minimum(seed_luminance, 100 - seed_luminance)).clamp_max(_MOST_CHROMA)
    strength = _LEAST_CHROMA + uniform((n, 1), 0, 1, generator) * (strongest - _LEAST_CHROMA).clamp_min(0)
    hue = uniform((n, 1), 0, 2 * torch.pi, generator)
    new = torch.cat([hue.cos(), hue.sin()], 1) * strength  # (N, 2)
    shift = (new - own[:, 1:, 0, 0])[:, :, None, None]
    corner = torch.cat([at // columns, at % columns], 1) * float(_CELL) + _CELL / 2
    return chroma_lab + region * shift, torch.where(chosen, corner, -1.0), region
