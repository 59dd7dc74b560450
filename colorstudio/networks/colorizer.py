"""A loaded network at work on photos: prepare once, predict many times."""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor
from torch.nn import functional as F

from colorstudio.imaging.resample import GuidedUpsampler, resize
from colorstudio.networks.descriptor import ModelDescriptor
from colorstudio.networks.hints import NO_HINTS, Hints, encode_hints, joined
from colorstudio.networks.loader import load_network
from colorstudio.networks.locality import Cells, unexpected
from colorstudio.networks.network import CHROMA_SCALE, ColorNetwork, Prediction
from colorstudio.networks.quantization import bin_centres
from colorstudio.networks.suggesting import Suggestion, suggestions
from colorstudio.networks.varying import Variant, only_one_way, vary
from colorstudio.networks.vividness import PlausibleColours

_LONGEST_PER_SHORT = 4  # the long side of the working size is at most this many times the short one
_REMEMBERED = 3  # without hints, without the surprising ones, with all
_COARSEST = 2  # stride of what comes out: an edge of the photo must still be told from the guide
_GRID = 4  # the working size is a multiple of it, so that the outputs cover the photo exactly


@dataclass(frozen=True, eq=False)
class PreparedPhoto:
    """What depends on the photo alone, ready for `Colorizer.predict`.

    Attributes
    ----------
    photo_shape, working_shape
        Height and width of the photo, and of what the network sees of it.
    luminance
        L* at the working size, padded to the network's stride, ``(1, 1, h, w)`` on the device.
    features
        The encoder's, on the device.
    said
        What the network said to the last few sets of hints.
    """

    photo_shape: tuple[int, int]
    working_shape: tuple[int, int]
    luminance: Tensor
    features: list[Tensor]
    said: OrderedDict[bytes, ChromaPrediction] = field(default_factory=OrderedDict, repr=False)

    @cached_property
    def cells(self) -> Cells:
        return Cells(self.features)


@dataclass(frozen=True, eq=False)
class ChromaPrediction:
    """Colours of a photo at the network's output size.

    Attributes
    ----------
    chroma_lab
        a*b*, ``(h, w, 2)`` float32. As a network gives it, the mean of what is plausible.
    guide
        L* of the photo at the same size, ``(h, w)`` float32: what guides the way up to full size.
    logits
        Of the distribution over the 313 bins on the device, ``(313, rows, cols)``, for each 4 x 4 pixels of
        the working size. None where the network has none.
    """

    chroma_lab: NDArray[np.float32]
    guide: NDArray[np.float32]
    logits: Tensor | None

    def with_vividness(self, vividness: float) -> ChromaPrediction:
        """The same in colours that are less of a mean; of a network's own prediction, not of one of these.

        Nothing is computed at 0, and what all others have in common is computed once. A network without a
        distribution holds nothing plausible but what it says: it stays as vivid as it is.

        Parameters
        ----------
        vividness
            From 0, the colours as they are, to 1: see `networks.vividness`.
        """
        if not vividness or self.logits is None:
            return self
        guide, colours = self._plausible
        shift = colours.shift(vividness)
        if shift.shape != self.chroma_lab.shape:
            finer = GuidedUpsampler(shift, guide, (self.guide.shape[0], self.guide.shape[1]))
            shift = finer.region(self.guide, slice(None), slice(None))
        return replace(self, chroma_lab=self.chroma_lab + shift)

    @cached_property
    def _plausible(self) -> tuple[NDArray[np.float32], PlausibleColours]:
        """L* at twice the size of the distribution, and what is plausible there."""
        assert self.logits is not None
        shape = 2 * self.logits.shape[1], 2 * self.logits.shape[2]
        guide = self.guide if self.guide.shape == shape else resize(self.guide, shape)
        return guide, PlausibleColours(self.logits, guide)

    def distribution_at(
        self, row_share: float, col_share: float
    ) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        """Colours and their probabilities at a place, given as shares of height and width.

        The nearest place inside is taken. Its neighbours have a say, too: alone it is right less often.

        Returns the bin centres ``(313, 2)`` a*b* and their probabilities ``(313,)``. There must be one.
        """
        assert self.logits is not None
        _, h, w = self.logits.shape
        row, col = _cell(row_share, h), _cell(col_share, w)
        around = torch.tensor([-1, 0, 1])
        rows, cols = (around + row).clamp(0, h - 1), (around + col).clamp(0, w - 1)
        cells = self.logits[:, rows[:, None], cols].float().cpu()  # (313, 3, 3)
        weights = torch.tensor([0.25, 0.5, 0.25])
        probabilities = torch.einsum("qrc,r,c->q", torch.softmax(cells, dim=0), weights, weights)
        return bin_centres(), probabilities.numpy()

    def suggest(self, row_share: float, col_share: float, count: int = 5) -> list[Suggestion]:
        """The most likely colours at a place, given as in `distribution_at`, the likeliest first.

        None at all where the network has no distribution.
        """
        if self.logits is None:
            return []
        h, w = self.guide.shape
        luminance = float(self.guide[_cell(row_share, h), _cell(col_share, w)])
        return suggestions(*self.distribution_at(row_share, col_share), luminance, count)


class Colorizer:
    """A network on a device."""

    def __init__(self, name: str, network: ColorNetwork, device: str, working_size_px: int) -> None:
        self.name = name
        self.network = network
        self.device = device
        self.working_size_px = working_size_px

    @classmethod
    def load(cls, descriptor: ModelDescriptor, device: str = "cpu") -> Colorizer:
        """Load a model. Raises `ModelError` where its weights are missing or damaged."""
        return cls(descriptor.name, load_network(descriptor, device), device, descriptor.working_size_px)

    @torch.inference_mode()
    def prepare(self, luminance: NDArray[np.float32], working_size_px: int | None = None) -> PreparedPhoto:
        """Run the encoder on L* ``(H, W)`` in [0, 100]."""
        photo_shape = (luminance.shape[0], luminance.shape[1])
        working = working_shape(photo_shape, working_size_px or self.working_size_px)
        small = torch.from_numpy(resize(luminance, working)).clamp(0, 100)
        stride = self.network.stride
        down, right = -working[0] % stride, -working[1] % stride
        padded = F.pad(small[None, None], (0, right, 0, down), mode="replicate").to(self.device)
        return PreparedPhoto(photo_shape, working, padded, self.network.encode(padded))

    def predict(
        self, prepared: PreparedPhoto, painted: Hints = NO_HINTS, soft: Hints = NO_HINTS
    ) -> ChromaPrediction:
        """Chroma of the whole photo given hints.

        Parameters
        ----------
        painted
            What a user wants: where it is not what the network expects, it counts for its own thing alone
            (see `networks.locality`).
        soft
            What is likely for other reasons: it counts all over the photo.

        A network that takes no hints says the same to all of them.
        """
        if not self.network.takes_hints:
            return self._say(prepared, NO_HINTS)
        if not self.network.tells_places_apart:
            return self._say(prepared, joined(painted, soft))
        if not len(painted):
            return self._say(prepared, soft)
        usual = self._say(prepared, soft)
        rows, cols = usual.guide.shape
        at = painted.cells(prepared.photo_shape, (rows, cols))
        surprise = unexpected(usual.chroma_lab[at[:, 0], at[:, 1]], painted.chroma_lab)
        surprising = surprise > 0
        answer = self._say(prepared, joined(painted, soft))
        if not surprising.any():
            return answer
        base = self._say(prepared, joined(painted.where(~surprising), soft))
        pixels = painted.where(surprising).cells(prepared.photo_shape, prepared.working_shape)
        reach = prepared.cells.reach(pixels, surprise[surprising])
        return _mixed(base, answer, reach, prepared)

    @torch.inference_mode()
    def _say(self, prepared: PreparedPhoto, hints: Hints) -> ChromaPrediction:
        """Run the decoder, unless it has just been asked the same."""
        height, width = prepared.luminance.shape[-2:]
        encoded = encode_hints(
            hints, prepared.photo_shape, prepared.working_shape, (height, width), CHROMA_SCALE
        )
        key = hashlib.blake2b(encoded.tobytes(), digest_size=16).digest()
        if key not in prepared.said:
            prepared.said[key] = self._decode(prepared, torch.from_numpy(encoded)[None].to(self.device))
            while len(prepared.said) > _REMEMBERED:
                prepared.said.popitem(last=False)
        prepared.said.move_to_end(key)
        return prepared.said[key]

    def _decode(self, prepared: PreparedPhoto, hint_planes: Tensor) -> ChromaPrediction:
        prediction = self.network.decode(prepared.features, prepared.luminance, hint_planes)
        return self._as_seen(prepared, prediction)

    def _as_seen(self, prepared: PreparedPhoto, prediction: Prediction) -> ChromaPrediction:
        """What a network says, without the padding."""
        height, width = prepared.luminance.shape[-2:]
        chroma = prediction.chroma_lab
        step = height // chroma.shape[-2]
        if step > _COARSEST:
            size = height // _COARSEST, width // _COARSEST
            chroma = F.interpolate(chroma, size=size, mode="bilinear", align_corners=False)
            step = _COARSEST
        rows, cols = prepared.working_shape
        chroma = chroma[0, :, : rows // step, : cols // step].permute(1, 2, 0)
        guide = F.avg_pool2d(prepared.luminance, step)[0, 0, : rows // step, : cols // step]
        logits = None
        if self.network.has_distribution and prediction.trunk is not None:
            cells = self.network.distribution(prediction.trunk)[0, :, : rows // _GRID, : cols // _GRID]
            logits = cells.float()
        return ChromaPrediction(
            chroma.float().cpu().contiguous().numpy(), guide.float().cpu().contiguous().numpy(), logits
        )

    @property
    def has_variations(self) -> bool:
        """Whether it colours a photo in more ways than one: by itself, or told some of its likely colours."""
        network = self.network
        return network.has_variations or (network.takes_hints and network.has_distribution)

    def variations(
        self,
        prepared: PreparedPhoto,
        count: int,
        seed: int,
        painted: Hints = NO_HINTS,
        soft: Hints = NO_HINTS,
    ) -> Iterator[Variant]:
        """Several colourings of a photo, all plausible. The same seed gives the same ones.

        Raises
        ------
        UsageError
            The network has none.
        """
        if not self.has_variations:
            raise only_one_way(self.name)
        if not self.network.has_variations:
            yield from vary(self, prepared, count, seed, painted, soft)
            return
        for number in range(seed, seed + count):
            yield Variant(number, NO_HINTS, self.drawn(prepared, number))

    @torch.inference_mode()
    def drawn(self, prepared: PreparedPhoto, seed: int) -> ChromaPrediction:
        """One colouring of those that the network draws by itself."""
        generator = torch.Generator().manual_seed(seed)
        (prediction,) = self.network.variations(prepared.features, prepared.luminance, 1, generator)
        return self._as_seen(prepared, prediction)

    def suggest(
        self, prepared: PreparedPhoto, row: float, col: float, count: int = 5, hints: Hints = NO_HINTS
    ) -> list[Suggestion]:
        """The most likely colours at a pixel of the photo given the hints, the likeliest first.

        Parameters
        ----------
        row, col
            The nearest pixel inside is taken.
        """
        height, width = prepared.photo_shape
        return self.predict(prepared, hints).suggest((row + 0.5) / height, (col + 0.5) / width, count)


@torch.inference_mode()
def _mixed(
    base: ChromaPrediction, answer: ChromaPrediction, share: Tensor, prepared: PreparedPhoto
) -> ChromaPrediction:
    """One prediction, and another where its share ``(1, 1, h, w)`` says so."""
    padded = prepared.luminance.shape[-2:]

    def share_at(shape: torch.Size | tuple[int, ...]) -> Tensor:
        step = prepared.working_shape[0] // shape[0]
        size = [side // step for side in padded]
        fine = F.interpolate(share, size=size, mode="bilinear", align_corners=False)
        return fine[0, 0, : shape[0], : shape[1]]

    of_chroma = share_at(base.chroma_lab.shape[:2]).cpu().numpy()[..., None]
    chroma = base.chroma_lab + of_chroma * (answer.chroma_lab - base.chroma_lab)
    logits = base.logits
    if logits is not None and answer.logits is not None:
        logits = logits + share_at(logits.shape[1:]) * (answer.logits - logits)
    return ChromaPrediction(chroma.astype(np.float32), base.guide, logits)


def _cell(share: float, cells: int) -> int:
    return min(max(int(share * cells), 0), cells - 1)


def working_shape(photo_shape: tuple[int, int], short_side_px: int) -> tuple[int, int]:
    """Size at which the network sees a photo: the short side as given, the aspect kept.

    A photo longer than 4 to 1 is bounded by its long side instead.
    """
    short, long = min(photo_shape), max(photo_shape)
    scale = min(short_side_px / short, _LONGEST_PER_SHORT * short_side_px / long)
    rows, cols = (max(_GRID, round(side * scale / _GRID) * _GRID) for side in photo_shape)
    return rows, cols
