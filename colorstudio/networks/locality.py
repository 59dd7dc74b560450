"""How far a hint speaks: one that surprises the network speaks of its own thing, and of no other.

A network takes every hint for news of the whole picture, for that is what true colours are: where some of the
grass is yellow, so is the rest of it, and the light is that of an evening. What a user paints against the
network's expectation is another matter. A coat is made blue because it was blue, and nothing else moves. So
the answer to such hints is taken only where the photo, to the encoder's eyes, shows the like of what they lie
on, or near to them; elsewhere stands the answer to all the other hints. The numbers are measured:
docs/adr/0016-locality.md.
"""

from __future__ import annotations

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor
from torch.nn import functional as F

_STRIDES = (8, 16, 32)
_CELL_PX = 8
_EXPECTED = 12.0  # a*b* by which a hint may differ from what the network expects, and no more is made of it
_SURPRISING = 20.0  # from here on it is held to its thing entirely
_UNLIKE, _LIKE = 0.2, 0.6  # similarity at which a thing begins, and is surely the same
_NEARBY = 0.1  # distance at which nearness counts 1/e of likeness, as a part of the longer side


def unexpected(expected: NDArray[np.float32], given: NDArray[np.float32]) -> NDArray[np.float32]:
    """How much hints surprise, 0 (not at all) to 1, by the a*b* ``(K, 2)`` expected there and given."""
    away = np.linalg.norm(given - expected, axis=1)
    return np.clip((away - _EXPECTED) / (_SURPRISING - _EXPECTED), 0, 1).astype(np.float32)


class Cells:
    """What the encoder makes of each cell of 8 x 8 pixels, to compare them by.

    Parameters
    ----------
    features
        At strides of powers of two up to 32, finest first, each ``(1, C, h, w)``.
    """

    def __init__(self, features: list[Tensor]) -> None:
        finest = features[-len(_STRIDES)].shape[-2:]
        self.shape = (finest[0], finest[1])
        described: list[Tensor] = []
        for level in features[-len(_STRIDES) :]:
            fine = F.interpolate(level.float(), size=finest, mode="bilinear", align_corners=False)[0].flatten(
                1
            )
            comparable = (fine - fine.mean(1, keepdim=True)) / (
                fine.std(1, keepdim=True, correction=0) + 1e-3
            )
            described.append(F.normalize(comparable, dim=0) / len(_STRIDES) ** 0.5)
        self._described = torch.cat(described)  # (C, N), of length 1 each

    @property
    def planes(self) -> Tensor:
        """What describes the cells, ``(C, h, w)``."""
        return self._described.unflatten(1, self.shape)

    def reach(self, pixels: NDArray[np.integer], surprise: NDArray[np.float32]) -> Tensor:
        """Where hints are to count, 0 to 1, ``(1, 1, h, w)``.

        Parameters
        ----------
        pixels
            ``(K, 2)`` (row, col) of the hints, in the pixels that the encoder saw.
        surprise
            ``(K,)``, above 0: see `unexpected`.
        """
        rows, cols = self.shape
        at = np.clip(pixels // _CELL_PX, 0, (rows - 1, cols - 1))
        cells, member = np.unique(at[:, 0] * cols + at[:, 1], return_inverse=True)
        strictness = (np.bincount(member, surprise) / np.bincount(member)).astype(np.float32)
        device = self._described.device
        hinted = torch.from_numpy(cells).to(device)
        likeness = self._described.T @ self._described[:, hinted]  # (N, cells)
        place = torch.stack(torch.meshgrid(torch.arange(rows), torch.arange(cols), indexing="ij"), -1)
        place = place.view(-1, 2).float().to(device)
        distance = torch.cdist(place, place[hinted]) / max(rows, cols)
        belongs = (likeness + torch.exp(-distance / _NEARBY) - _UNLIKE) / (_LIKE - _UNLIKE)
        belongs = belongs.clamp(0, 1)
        belongs = belongs**2 * (3 - 2 * belongs)
        strict = torch.from_numpy(strictness).to(device)
        return (1 - strict * (1 - belongs)).amax(1).view(1, 1, rows, cols)
