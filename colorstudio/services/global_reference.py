"""What a photo in colour says to a network that takes hints on a photo as a whole."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from colorstudio.services.reference import ReferencePhoto


def global_hints_of_reference(other: ReferencePhoto) -> NDArray[np.float32]:
    """The histogram of a photo's colours and its mean saturation, for others that are to be like it.

    What is where in it does not count, nor whether the two photos show the same kinds of things.

    Returns
    -------
    NDArray
        ``(316,)`` as `networks.globalhints` has them.
    """
    import torch

    from colorstudio.networks.globalhints import global_hints_of

    lab = torch.from_numpy(np.ascontiguousarray(other.lab)).permute(2, 0, 1)[None]  # (1, 3, h, w)
    return global_hints_of(lab[:, :1], lab[:, 1:])[0].numpy()
