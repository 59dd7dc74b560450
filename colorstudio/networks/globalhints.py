"""What is wanted of a photo's colours as a whole: a histogram, and how saturated they are on average.

The inputs of the global hints network of Zhang et al. 2017 (sec. 3.3): the shares of the 313 bins of a*b*, a
1 beside them where they are given, the mean saturation, and a 1 beside it. What is not given is 0.
"""

from __future__ import annotations

from torch import Tensor
from torch.nn import functional as F

from colorstudio.networks.quantization import BINS, soft_encode
from colorstudio.networks.torchcolor import compose

GLOBAL_HINTS = BINS + 3
_STRIDE = 4  # the histogram is that of the photo at a quarter of its size


def global_hints(histogram: Tensor | None, saturation: Tensor | None) -> Tensor:
    """Both, or one of them, as a network takes them, ``(N, 316)``; at least one must be given.

    Parameters
    ----------
    histogram
        ``(N, 313)`` shares of the bins.
    saturation
        ``(N,)`` in [0, 1].
    """
    given = histogram if histogram is not None else saturation
    if given is None:
        raise ValueError("neither a histogram nor a saturation is given")
    hints = given.new_zeros(len(given), GLOBAL_HINTS)
    if histogram is not None:
        hints[:, :BINS] = histogram
        hints[:, BINS] = 1
    if saturation is not None:
        hints[:, BINS + 1] = saturation
        hints[:, BINS + 2] = 1
    return hints


def histogram_of(chroma_lab: Tensor) -> Tensor:
    """Shares ``(N, 313)`` of the bins in photos with a*b* ``(N, 2, H, W)``."""
    small = F.avg_pool2d(chroma_lab, _STRIDE, ceil_mode=True)
    indices, weights = soft_encode(small.flatten(2).transpose(1, 2))  # (N, h * w, 4)
    counts = chroma_lab.new_zeros(len(chroma_lab), BINS)
    counts.scatter_add_(1, indices.flatten(1), weights.flatten(1).to(counts.dtype))
    return counts / counts.sum(1, keepdim=True)


def mean_saturation(luminance: Tensor, chroma_lab: Tensor) -> Tensor:
    """Mean of HSV's saturation ``(N,)``, of photos with L* ``(N, 1, H, W)`` and a*b* ``(N, 2, H, W)``."""
    rgb = compose(luminance, chroma_lab)
    most, least = rgb.amax(1), rgb.amin(1)
    return ((most - least) / most.clamp_min(1e-6)).mean((1, 2))


def global_hints_of(luminance: Tensor, chroma_lab: Tensor) -> Tensor:
    """All there is to say of photos, for others that are to be coloured like them: ``(N, 316)``."""
    return global_hints(histogram_of(chroma_lab), mean_saturation(luminance, chroma_lab))
