"""Several colourings of one photo: each plausible, no two alike.

What a network holds likely leaves a choice: the coat is blue, or brown, or red. The photo is divided into
things, by what the encoder makes of them. One after the other gets a colour, drawn from the network's
distribution over it given those before, and the network completes it: so what is drawn later fits what was
drawn first. What is not drawn is told to stay as it is without, else the network takes a blue wall for news
of blue light, and faces turn blue. A colour that surprises it is held to its thing, as a stroke's is.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import torch
from numpy.typing import NDArray
from torch.nn import functional as F

from colorstudio.errors import UsageError
from colorstudio.imaging.gamut import fit_to_gamut
from colorstudio.networks.hints import NO_HINTS, Hints, broadened, joined
from colorstudio.networks.quantization import bin_centres
from colorstudio.networks.suggesting import suggestions

if TYPE_CHECKING:
    from colorstudio.networks.colorizer import ChromaPrediction, Colorizer, PreparedPhoto

_CELL_PX = 8
_THINGS = 10
_ROUNDS = 12  # of dividing the photo
_PLACE, _LIGHTNESS = 0.8, 1 / 40  # what a photo's length and a unit of L* count beside the encoder's likeness
_DRAWN_THINGS = 4  # that get a colour
_PLACES, _ANCHORS = 10, 4  # of a thing, where the network is told its colour, or to leave it
_OPEN = 6.0  # a*b* by which the colours held likely must differ from their mean, for there to be a choice
_COLOURS = 6  # of a thing, to draw from
_COOLEST = 0.6  # power of probabilities: below 1 the less likely comes more often
_LEAST_PROBABILITY = 0.05
_APART = 6.0  # a*b*, averaged over the photo, by which two colourings differ
_LESS = 0.85  # of that, after each colouring that is too much like another
_TRIES = 4  # for each colouring


@dataclass(frozen=True, eq=False)
class Variant:
    """One of several colourings.

    Attributes
    ----------
    seed
        What a network with variations of its own draws it by.
    hints
        What a network that takes hints is told to come to it, `broadened`: places of the photo and colours.
    prediction
        What it says.
    """

    seed: int
    hints: Hints
    prediction: ChromaPrediction


def only_one_way(name: str) -> UsageError:
    """A network has no variations."""
    return UsageError(
        f"The network {name} colours a photo in one way only: choose one that takes strokes and knows how "
        "likely colours are, or one that draws its colours."
    )


def vary(
    colorizer: Colorizer,
    prepared: PreparedPhoto,
    count: int,
    seed: int,
    painted: Hints = NO_HINTS,
    soft: Hints = NO_HINTS,
) -> Iterator[Variant]:
    """Colourings by a network that takes hints and has a distribution; see `Colorizer.variations`."""
    plain = colorizer.predict(prepared, painted, soft)
    things = _Things(colorizer, prepared)
    known = [plain.chroma_lab]
    apart, number = _APART, 0
    for index in range(count):
        best: tuple[float, Hints, ChromaPrediction] | None = None
        for _ in range(_TRIES):
            rng = np.random.default_rng((seed, number))
            number += 1
            hints, prediction = _drawn(colorizer, prepared, things, rng, painted, soft)
            distance = min(_distance(prediction.chroma_lab, other) for other in known)
            if best is None or distance > best[0]:
                best = distance, hints, prediction
            if distance >= apart:
                break
            apart *= _LESS
        assert best is not None
        _, hints, prediction = best
        known.append(prediction.chroma_lab)
        yield Variant(seed + index, hints, prediction)


def _drawn(
    colorizer: Colorizer,
    prepared: PreparedPhoto,
    things: _Things,
    rng: np.random.Generator,
    painted: Hints,
    soft: Hints,
) -> tuple[Hints, ChromaPrediction]:
    """One colouring, and the hints that lead to it."""
    plain = prediction = colorizer.predict(prepared, painted, soft)
    anchors = [things.anchors(thing, plain) for thing in range(things.count)]
    told: dict[int, Hints] = {}
    hints = NO_HINTS
    for _ in range(min(_DRAWN_THINGS, things.count)):
        probabilities = things.probabilities(prediction)
        weights = np.maximum(_openness(probabilities) - _OPEN, 0) * things.areas
        weights[list(told)] = 0
        if weights.sum() <= 0:
            break
        thing = int(rng.choice(things.count, p=weights / weights.sum()))
        colour = _colour(probabilities[thing], things.lightness[thing], rng)
        told[thing] = anchors[thing] if colour is None else things.hints(thing, colour)
        hints = NO_HINTS
        for number, anchor in enumerate(anchors):
            hints = joined(hints, told.get(number, anchor))
        dabs = broadened(hints, prepared.photo_shape, prepared.working_shape)
        prediction = colorizer.predict(prepared, joined(dabs, painted), soft)
    return hints, prediction


def _colour(
    probabilities: NDArray[np.float32], lightness: float, rng: np.random.Generator
) -> NDArray[np.float32] | None:
    """A likely colour; None where there is none to choose."""
    likely = [
        found
        for found in suggestions(bin_centres(), probabilities, lightness, _COLOURS)
        if found.probability >= _LEAST_PROBABILITY
    ]
    if not likely:
        return None
    weights = np.array([found.probability for found in likely]) ** _COOLEST
    chosen = likely[int(rng.choice(len(likely), p=weights / weights.sum()))]
    return np.array(chosen.chroma_lab, np.float32)


def _openness(probabilities: NDArray[np.float32]) -> NDArray[np.float64]:
    """How far the colours held likely are from their mean, in a*b*, for each thing."""
    mean = probabilities @ bin_centres()
    away = np.linalg.norm(bin_centres()[None] - mean[:, None], axis=-1)
    return (probabilities * away).sum(1).astype(np.float64)


def _distance(one: NDArray[np.float32], other: NDArray[np.float32]) -> float:
    return float(np.linalg.norm(one - other, axis=-1).mean())


class _Things:
    """A photo in parts, each of cells of 8 x 8 pixels that are alike and not far from each other.

    Attributes
    ----------
    count, areas
        How many there are, and which share of the photo each has, ``(count,)``.
    lightness
        Mean L* of each.
    """

    def __init__(self, colorizer: Colorizer, prepared: PreparedPhoto) -> None:
        rows, cols = (side // _CELL_PX for side in prepared.working_shape)
        self._shape = max(rows, 1), max(cols, 1)
        self._prepared = prepared
        luminance = F.adaptive_avg_pool2d(
            prepared.luminance[..., : prepared.working_shape[0], : prepared.working_shape[1]], self._shape
        )
        self._cell_lightness = luminance.flatten().float().cpu().numpy()
        described = self._described(colorizer)
        self._labels, centres = _divided(described, _THINGS)
        present = np.unique(self._labels)
        self._labels = np.searchsorted(present, self._labels)
        self.count = len(present)
        self._typical = ((described - centres[present][self._labels]) ** 2).sum(1)
        self.areas = np.bincount(self._labels, minlength=self.count) / len(self._labels)
        self.lightness = np.bincount(self._labels, self._cell_lightness) / np.bincount(self._labels)

    def _described(self, colorizer: Colorizer) -> NDArray[np.float64]:
        """What each cell is like, as far as the network can tell, how light and where it is."""
        rows, cols = self._shape
        at = np.stack(np.meshgrid(np.arange(rows), np.arange(cols), indexing="ij"), -1).reshape(-1, 2)
        parts = [_PLACE * at / max(rows, cols), _LIGHTNESS * self._cell_lightness[:, None]]
        if colorizer.network.tells_places_apart:
            planes = self._prepared.cells.planes[:, :rows, :cols]
            parts.append(planes.flatten(1).T.float().cpu().numpy())
        return np.concatenate(parts, axis=1).astype(np.float64)

    def probabilities(self, prediction: ChromaPrediction) -> NDArray[np.float32]:
        """What is held likely of each, ``(count, 313)``."""
        assert prediction.logits is not None
        cells = torch.softmax(prediction.logits.float(), dim=0)[None]  # (1, 313, h, w)
        pooled = F.adaptive_avg_pool2d(cells, self._shape)[0].flatten(1).T.cpu().numpy()
        total = np.zeros((self.count, pooled.shape[1]), np.float32)
        np.add.at(total, self._labels, pooled)
        return total / total.sum(1, keepdims=True)

    def hints(self, thing: int, chroma_lab: NDArray[np.float32]) -> Hints:
        """That a thing has a colour, said at some of its cells."""
        chosen = self._some_of(thing, _PLACES)
        wanted = np.repeat(chroma_lab[None], len(chosen), axis=0)
        possible = fit_to_gamut(self._cell_lightness[chosen], wanted)
        return Hints(self._positions(chosen), possible.astype(np.float32))

    def anchors(self, thing: int, plain: ChromaPrediction) -> Hints:
        """That a thing keeps the colours that it has in a prediction."""
        positions = self._positions(self._some_of(thing, _ANCHORS))
        colours = np.zeros((len(positions), 2), np.float32)
        rows, cols = plain.guide.shape
        at = Hints(positions, colours).cells(self._prepared.photo_shape, (rows, cols))
        return Hints(positions, plain.chroma_lab[at[:, 0], at[:, 1]])

    def _some_of(self, thing: int, count: int) -> NDArray[np.intp]:
        """Some of its most typical cells, all over them."""
        cells = np.flatnonzero(self._labels == thing)
        typical = np.sort(cells[np.argsort(self._typical[cells])[: max(count, len(cells) // 2)]])
        return typical[np.linspace(0, len(typical) - 1, min(count, len(typical))).astype(np.intp)]

    def _positions(self, cells: NDArray[np.intp]) -> NDArray[np.float32]:
        """The middles of cells, in pixels of the photo."""
        at = np.stack([cells // self._shape[1], cells % self._shape[1]], axis=1) + 0.5
        return (at * np.array(self._prepared.photo_shape) / np.array(self._shape) - 0.5).astype(np.float32)


def _divided(points: NDArray[np.float64], count: int) -> tuple[NDArray[np.intp], NDArray[np.float64]]:
    """Points in groups (k-means, begun with points far from each other): labels, and the groups' centres."""
    centres = points[[int(((points - points.mean(0)) ** 2).sum(1).argmin())]]
    for _ in range(min(count, len(points)) - 1):
        nearest = ((points[:, None] - centres[None]) ** 2).sum(-1).min(1)
        centres = np.concatenate([centres, points[[int(nearest.argmax())]]])
    labels = np.zeros(len(points), np.intp)
    for _ in range(_ROUNDS):
        labels = ((points[:, None] - centres[None]) ** 2).sum(-1).argmin(1)
        for group in np.unique(labels):
            centres[group] = points[labels == group].mean(0)
    return labels, centres
