"""Photos of today made to look old: what film, time, handling and scanning do to a photograph.

All of a batch at once, on its device. Each effect has its own share or strength in `AgingRecipe`; what is
zero there draws no random numbers, so that a recipe gives the same photos whatever effects are added here.
"""

from __future__ import annotations

import math

import torch
from torch import Tensor
from torch.nn import functional as F

from colorstudio.networks.torchcolor import lightness
from colorstudio.training.damage import frames, marks, smooth_noise, stains, uneven_tone
from colorstudio.training.draws import happens, uniform
from colorstudio.training.recipe import AgingRecipe

# How much red, green and blue light counts: for the eye, for film sensitised for green, for plain silver.
_EYE = (0.2126, 0.7152, 0.0722)
_ORTHOCHROMATIC = (0.03, 0.52, 0.45)
_BLUE_SENSITIVE = (0.01, 0.14, 0.85)

_BLOCK = 8  # side of the squares that JPEG stores


def age(
    linear_rgb: Tensor, lab: Tensor, recipe: AgingRecipe, generator: torch.Generator
) -> tuple[Tensor, Tensor]:
    """Make some of the photos look old.

    Parameters
    ----------
    linear_rgb
        Linear RGB in [0, 1], ``(N, 3, S, S)``: what the film saw.
    lab
        The same photos in Lab, ``(N, 3, S, S)``.

    Returns
    -------
    luminance : Tensor
        L* as scanned from the old photograph, ``(N, 1, S, S)`` in [0, 100].
    chroma_lab : Tensor
        The true a*b*, ``(N, 2, S, S)``: that of the photos, and neutral where a border of paper hides them.
    """
    n, size = len(lab), lab.shape[-1]
    shape = (n, 1, 1, 1)
    luminance, chroma = lab[:, :1], lab[:, 1:]

    # What every aged photo has, drawn for all: what comes below does not change it.
    gamma = torch.exp(uniform(shape, -recipe.gamma, recipe.gamma, generator))
    contrast = 1 - uniform(shape, 0, recipe.contrast, generator)
    fading = uniform(shape, 0, recipe.fading, generator)
    sigma = uniform((n, 1), 0.05, max(recipe.blur_px, 0.06), generator)
    noise = torch.randn(luminance.shape, generator=generator, device=lab.device)
    grain = uniform(shape, 0, recipe.grain / 100, generator)
    chosen = happens(n, recipe.probability, generator).flatten().nonzero().flatten()
    if not len(chosen):
        return luminance, chroma

    n, shape = len(chosen), (len(chosen), 1, 1, 1)
    gamma, contrast, fading, grain, sigma = (
        drawn[chosen] for drawn in (gamma, contrast, fading, grain, sigma)
    )
    x = luminance[chosen] / 100
    if recipe.film:
        on_film = happens(n, recipe.film, generator)
        x = torch.where(on_film, _as_film_saw(linear_rgb[chosen], generator) / 100, x)
    x = x.clamp(1e-3, 1) ** gamma
    middle = x.mean((1, 2, 3), keepdim=True)
    if recipe.harshness:
        contrast = contrast * (1 + recipe.harshness * uniform(shape, 0, 1, generator) ** 2)
    x = middle + (x - middle) * contrast
    x = fading + x * (1 - fading)
    if recipe.unevenness:
        x = uneven_tone(x, uniform(shape, 0, recipe.unevenness, generator), generator)
    if recipe.stains:
        x = stains(x, happens(n, recipe.stains, generator), generator)
    if recipe.borders:
        shown, paper = frames(n, size, generator)
        shown = torch.where(happens(n, recipe.borders, generator), shown, 1.0)
        x = torch.lerp(paper, x, shown)
        chroma = chroma.index_copy(0, chosen, chroma[chosen] * shown)
    x = _blurred(x, sigma)
    x = x + noise[chosen] * grain
    if recipe.clumps:
        x = x.clamp(0, 1)
        visible = 0.3 + 2.8 * x * (1 - x)  # least in what is black or white
        clumps = smooth_noise(n, max(size // 2, 1), size, generator)
        x = x + clumps * visible * uniform(shape, 0, recipe.clumps / 100, generator)
    if recipe.scratches or recipe.dust:
        bright, dark = marks(n, size, recipe.scratches, recipe.dust, generator).split(1, dim=1)
        x = torch.lerp(x, x.new_tensor(0.97), bright)
        x = torch.lerp(x, x.new_tensor(0.06), dark)
    if recipe.compression:
        compressed = _compressed(x.clamp(0, 1), uniform(shape, 0.3, 1.6, generator))
        x = torch.where(happens(n, recipe.compression, generator), compressed, x)
    return luminance.index_copy(0, chosen, x.clamp(0, 1) * 100), chroma


def _as_film_saw(linear_rgb: Tensor, generator: torch.Generator) -> Tensor:
    """L* of photos on early film, ``(N, 1, S, S)``: blue comes out bright, red dark, each photo more or less.

    The exposure makes up for part of what the film does not see, as the photographer did.
    """
    shape = (len(linear_rgb), 1)
    eye, ortho, blue = (linear_rgb.new_tensor(w) for w in (_EYE, _ORTHOCHROMATIC, _BLUE_SENSITIVE))
    film = torch.lerp(ortho, blue, uniform(shape, 0, 1, generator) ** 2)  # (N, 3): few on plain silver
    weights = torch.lerp(eye, film, uniform(shape, 0.4, 1, generator))
    seen = torch.einsum("nc,nchw->nhw", weights, linear_rgb)[:, None]
    usual = torch.einsum("c,nchw->nhw", eye, linear_rgb)[:, None]
    lost = usual.mean((1, 2, 3)) / seen.mean((1, 2, 3)).clamp_min(1e-4)
    exposure = lost.clamp(0.5, 2) ** uniform((len(seen),), 0, 1, generator)
    return lightness((seen * exposure[:, None, None, None]).clamp(0, 1))


def _blurred(x: Tensor, sigma: Tensor) -> Tensor:
    """Each photo ``(N, 1, S, S)`` with a Gaussian of its own `sigma` ``(N, 1)``, at most about a pixel."""
    n = len(x)
    reach = torch.arange(-2, 3, device=x.device, dtype=x.dtype)
    kernel = torch.exp(-(reach[None] ** 2) / (2 * sigma**2))
    kernel = kernel / kernel.sum(1, keepdim=True)  # (N, 5)
    stacked = F.pad(x.transpose(0, 1), (2, 2, 2, 2), mode="replicate")  # (1, N, S + 4, S + 4)
    stacked = F.conv2d(stacked, kernel[:, None, None, :], groups=n)
    return F.conv2d(stacked, kernel[:, None, :, None], groups=n).transpose(0, 1)


def _compressed(x: Tensor, coarseness: Tensor) -> Tensor:
    """What a JPEG file leaves of ``(N, 1, S, S)`` in [0, 1]: squares of 8 with few frequencies.

    A `coarseness` of 1 is about quality 50.
    """
    n, _, rows, cols = x.shape
    padded = F.pad(x, (0, -cols % _BLOCK, 0, -rows % _BLOCK), mode="replicate")
    down, across = padded.shape[2] // _BLOCK, padded.shape[3] // _BLOCK
    blocks = padded.view(n, down, _BLOCK, across, _BLOCK).transpose(2, 3)  # (N, down, across, 8, 8)
    at = torch.arange(_BLOCK, device=x.device, dtype=x.dtype)
    cosines = torch.cos(math.pi / _BLOCK * at[:, None] * (at[None] + 0.5)) * math.sqrt(2 / _BLOCK)
    cosines[0] /= math.sqrt(2)
    steps = (10 + 7 * (at[:, None] + at[None])) / 255 * coarseness[..., None]  # finer for low frequencies
    frequencies = cosines @ (blocks - 0.5) @ cosines.T
    blocks = cosines.T @ ((frequencies / steps).round() * steps) @ cosines + 0.5
    return blocks.transpose(2, 3).reshape(padded.shape)[..., :rows, :cols]
