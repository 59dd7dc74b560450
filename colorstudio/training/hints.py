"""Hints as a user might give them, imitated for training."""

from __future__ import annotations

import torch
from torch import Tensor
from torch.nn import functional as F

from colorstudio.training.draws import uniform
from colorstudio.training.recipe import HintRecipe

_STROKE_POINTS = 10
_LARGEST_RADIUS = 4
_SAME_OBJECT_LAB = 15.0  # a stroke stays where the colour is within this of its start
_EDGE_CELL = 4  # pixels of the grid on which edges of colour are looked for


def imitate_hints(
    chroma_lab: Tensor,
    recipe: HintRecipe,
    scale: float,
    generator: torch.Generator,
    places: Tensor | None = None,
) -> Tensor:
    """Hints as a user might give them: from none to many, points and strokes.

    Each takes the mean true colour under its first dab; a stroke goes on only
    where the colour is still about that.

    Parameters
    ----------
    chroma_lab
        The truth, ``(N, 2, S, S)``.
    places
        ``(N, 2)`` row and column of a hint that must be there, negative where none must.

    Returns
    -------
    Tensor
        ``(N, 3, S, S)``: a*b* over `scale`, zero where there is no hint, and the mask.
    """
    n, _, size, _ = chroma_lab.shape
    device = chroma_lab.device
    most = recipe.most

    # How many hints each photo has: none for some, else exponential, at least one.
    drawn = -recipe.mean_count * torch.log(uniform((n,), 1e-6, 1, generator))
    count = (drawn.long() + 1).clamp_max(most)
    count = torch.where(uniform((n,), 0, 1, generator) < recipe.none, 0, count)
    if places is not None:
        count = torch.where(places[:, 0] >= 0, count.clamp_min(1), count)
    alive = torch.arange(most, device=device)[None] < count[:, None]  # (N, K)

    dab, stroke, radius = _dabs(chroma_lab, recipe, generator, places)
    reach = torch.arange(-_LARGEST_RADIUS, _LARGEST_RADIUS + 1, device=device)
    offset = torch.stack(torch.meshgrid(reach, reach, indexing="ij"), -1).reshape(-1, 2)  # (O, 2)
    pixel = dab.long()[:, :, :, None] + offset  # (N, K, P, O, 2)
    inside = ((pixel >= 0) & (pixel < size)).all(-1)
    inside &= (offset.abs().amax(-1) <= radius[:, :, None, None]) & alive[:, :, None, None]
    inside[:, :, 1:] &= stroke[:, :, None, None]
    clamped = pixel.clamp(0, size - 1)
    flat = clamped[..., 0] * size + clamped[..., 1]  # (N, K, P, O)

    truth = chroma_lab.flatten(2).transpose(1, 2)  # (N, S * S, 2)
    under = torch.gather(truth, 1, flat.reshape(n, -1, 1).expand(-1, -1, 2)).view(*flat.shape, 2)
    first, first_inside = under[:, :, 0], inside[:, :, 0, :, None]
    colour = (first * first_inside).sum(2) / first_inside.sum(2).clamp_min(1)  # (N, K, 2)
    near = (under - colour[:, :, None, None]).norm(dim=-1) < _SAME_OBJECT_LAB
    inside[:, :, 1:] &= near[:, :, 1:]
    if recipe.off:
        colour = colour + recipe.off * torch.randn(colour.shape, generator=generator, device=device)

    # Where hints overlap the pixel gets their mean: the result does not depend on an order.
    weight = inside.to(chroma_lab.dtype).reshape(n, -1)
    value = colour[:, :, None, None].expand(*flat.shape, 2).reshape(n, -1, 2) * weight[..., None]
    flat = flat.reshape(n, -1)
    total = torch.zeros(n, size * size, device=device).scatter_add_(1, flat, weight)
    summed = torch.zeros(n, size * size, 2, device=device)
    summed.scatter_add_(1, flat[..., None].expand(-1, -1, 2), value)

    # A few photos with hints all over, as after long work.
    dense = (uniform((n, 1), 0, 1, generator) < recipe.dense) & (
        uniform((n, size * size), 0, 1, generator) < uniform((n, 1), 0.002, 0.05, generator)
    )
    summed = torch.where(dense[..., None], truth, summed)
    total = torch.where(dense, 1.0, total)
    mask = (total > 0).to(chroma_lab.dtype)
    mean = summed / total.clamp_min(1)[..., None] / scale
    return torch.cat([mean, mask[..., None]], -1).transpose(1, 2).reshape(n, 3, size, size)


def _dabs(
    chroma_lab: Tensor, recipe: HintRecipe, generator: torch.Generator, places: Tensor | None
) -> tuple[Tensor, Tensor, Tensor]:
    """Where the dabs of K hints are: one for a point, a row of them for a stroke.

    Returns the dabs' rows and columns ``(N, K, P, 2)``, which hints are strokes and their radii ``(N, K)``.
    """
    n, _, size, _ = chroma_lab.shape
    device, most, points = chroma_lab.device, recipe.most, _STROKE_POINTS
    start = uniform((n, most, 2), 0, 1, generator) * size
    angle = uniform((n, most), 0, 2 * torch.pi, generator)
    length = uniform((n, most), 0.05, 0.3, generator) * size
    length = torch.where(uniform((n, most), 0, 1, generator) < recipe.strokes, length, 0)
    radius = torch.randint(0, _LARGEST_RADIUS + 1, (n, most), generator=generator, device=device)
    if recipe.near_edges:
        at_edge = uniform((n, most, 1), 0, 1, generator) < recipe.near_edges
        start = torch.where(at_edge, _edges(chroma_lab, most, generator), start)
    if places is not None:
        first = torch.where(places >= 0, places, start[:, 0])
        start = torch.cat([first[:, None], start[:, 1:]], 1)
    if recipe.bend:
        turns = recipe.bend * torch.randn((n, most, points - 1), generator=generator, device=device)
        heading = angle[..., None] + turns.cumsum(-1)
        steps = torch.stack([heading.sin(), heading.cos()], -1) * (length / (points - 1))[..., None, None]
        way = F.pad(steps.cumsum(2), (0, 0, 1, 0))  # (N, K, P, 2)
        return start[:, :, None] + way, length > 0, radius
    straight = torch.stack([angle.sin(), angle.cos()], -1) * length[..., None]  # (N, K, 2)
    along = torch.linspace(0, 1, points, device=device)
    return start[:, :, None] + straight[:, :, None] * along[:, None], length > 0, radius


def _edges(chroma_lab: Tensor, count: int, generator: torch.Generator) -> Tensor:
    """Places ``(N, count, 2)`` drawn near edges of the true colour."""
    cells = F.avg_pool2d(chroma_lab, _EDGE_CELL)
    columns = cells.shape[-1]
    down = F.pad((cells[:, :, 1:] - cells[:, :, :-1]).norm(dim=1), (0, 0, 0, 1))
    across = F.pad((cells[:, :, :, 1:] - cells[:, :, :, :-1]).norm(dim=1), (0, 1))
    chosen = torch.multinomial((down + across + 0.1).flatten(1), count, True, generator=generator)
    corner = torch.stack([chosen // columns, chosen % columns], -1) * float(_EDGE_CELL)
    return corner + uniform((*chosen.shape, 2), -0.5, 1.5, generator) * _EDGE_CELL
