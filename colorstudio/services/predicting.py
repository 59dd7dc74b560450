"""Networks at work on photos, with what is already computed kept."""

from __future__ import annotations

import weakref
from collections import OrderedDict
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import NDArray

from colorstudio.imaging.photo import Photo
from colorstudio.networks.hints import NO_HINTS, Hints, joined
from colorstudio.networks.registry import find_model
from colorstudio.services.reference import ReferencePhoto, find_reference, hints_of_reference, left_open
from colorstudio.services.varying import hints_of_variation

if TYPE_CHECKING:
    from collections.abc import Iterator

    from colorstudio.document.reference import Reference
    from colorstudio.document.variation import Variation
    from colorstudio.networks.colorizer import ChromaPrediction, Colorizer, PreparedPhoto
    from colorstudio.networks.varying import Variant

KEPT_PHOTOS = 4
_KEPT_NETWORKS = 3


class Guides(NamedTuple):
    """What a network is led by beside strokes."""

    reference: Reference | None
    variation: Variation | None


class SeenPhoto:
    """A photo as a network sees it, and what the network said to it: without hints, and to the last ones."""

    def __init__(self, colorizer: Colorizer, photo: PreparedPhoto) -> None:
        self._photo = photo
        self._colorizer = colorizer
        self._last: tuple[Hints, ChromaPrediction] | None = None
        self._like: tuple[Reference, ChromaPrediction] | None = None
        self._told: tuple[bytes, PreparedPhoto] | None = None
        self._varied: tuple[Guides, ChromaPrediction] | None = None

    @cached_property
    def plain(self) -> ChromaPrediction:
        return self._colorizer.predict(self._photo)

    def like(self, guides: Guides) -> ChromaPrediction:
        """What it says to a reference and a variation alone."""
        reference, variation = guides
        if variation is None:
            return self._like_reference(reference)
        if self._varied is None or self._varied[0] != guides:
            if self._colorizer.network.has_variations:
                answer = self._colorizer.drawn(self._photo, variation.seed)
            else:
                answer = self._to_hints(self._of_variation(variation), reference)
            self._varied = guides, answer
        return self._varied[1]

    def _like_reference(self, reference: Reference | None) -> ChromaPrediction:
        reference = self._heard(reference)
        if reference is None:
            return self.plain
        if reference.overall is not None:
            return self._as_a_whole(NO_HINTS, reference.overall, reference.strength)
        if self._like is None or self._like[0] != reference:
            hints = hints_of_reference(reference, self.plain, self._photo.photo_shape)
            answer = self._colorizer.predict(self._photo, soft=hints)
            self._like = reference, self._left_open(answer, answer, reference)
        return self._like[1]

    def predict(self, painted: Hints, guides: Guides) -> ChromaPrediction:
        """What the network says to strokes; it is not run again for those of the last time."""
        if not len(painted) or not self._colorizer.network.takes_hints:
            return self.like(guides)
        reference, variation = guides
        return self._to_hints(joined(self._of_variation(variation, painted), painted), reference)

    def _of_variation(self, variation: Variation | None, painted: Hints = NO_HINTS) -> Hints:
        photo = self._photo
        return hints_of_variation(variation, photo.photo_shape, photo.working_shape, painted)

    def _to_hints(self, painted: Hints, reference: Reference | None) -> ChromaPrediction:
        if not len(painted) or not self._colorizer.network.takes_hints:
            return self._like_reference(reference)
        reference = self._heard(reference)
        if reference is not None and reference.overall is not None:
            return self._as_a_whole(painted, reference.overall, reference.strength)
        soft = NO_HINTS
        if reference is not None:
            soft = hints_of_reference(reference, self.plain, self._photo.photo_shape, painted)
        asked = joined(painted, soft)
        if self._last is None or not _same(self._last[0], asked):
            answer = self._colorizer.predict(self._photo, painted, soft)
            if reference is not None:
                alone = self._colorizer.predict(self._photo, soft=soft)
                answer = self._left_open(answer, alone, reference)
            self._last = asked, answer
        return self._last[1]

    def _heard(self, reference: Reference | None) -> Reference | None:
        """A reference, or None where it says nothing to this network: it may have been another's."""
        network = self._colorizer.network
        if reference is None or not network.takes_hints:
            return None
        if network.takes_global_hints and reference.overall is not None:
            return reference if len(reference.overall) == self._photo.features[0].shape[1] else None
        if not len(reference.positions):
            return None
        return reference if reference.overall is None else replace(reference, overall=None)

    def _as_a_whole(self, painted: Hints, overall: NDArray[np.float32], strength: float) -> ChromaPrediction:
        """What it says to strokes and to what a reference is like as a whole, from 0 to all of that."""
        key = overall.tobytes()
        if self._told is None or self._told[0] != key:
            nothing = self._photo.features[0]
            told = nothing.new_tensor(overall)[None]
            self._told = key, replace(self._photo, features=[told], said=OrderedDict())
        answer = self._colorizer.predict(self._told[1], painted)
        if strength == 1:
            return answer
        base = self._colorizer.predict(self._photo, painted)
        chroma = base.chroma_lab + np.float32(strength) * (answer.chroma_lab - base.chroma_lab)
        if base.logits is None or answer.logits is None:
            return replace(answer, chroma_lab=chroma)
        return replace(
            answer, chroma_lab=chroma, logits=base.logits + strength * (answer.logits - base.logits)
        )

    def _left_open(
        self, answer: ChromaPrediction, like: ChromaPrediction, reference: Reference
    ) -> ChromaPrediction:
        return left_open(answer, self.plain, like, reference, self._photo.photo_shape)

    def variations(
        self, count: int, seed: int, painted: Hints, reference: Reference | None
    ) -> Iterator[Variant]:
        """Several colourings, given strokes and a reference. Raises `UsageError` where there is only one."""
        reference = self._heard(reference)
        soft = NO_HINTS
        if reference is not None and reference.overall is None:
            soft = hints_of_reference(reference, self.plain, self._photo.photo_shape, painted)
        yield from self._colorizer.variations(self._photo, count, seed, painted, soft)

    def find(self, other: ReferencePhoto) -> Reference:
        """What of the photo has its like in another. Raises `NothingAlikeError`."""
        return find_reference(self._colorizer, self._photo, other)


def _same(one: Hints, other: Hints) -> bool:
    return np.array_equal(one.positions, other.positions) and np.array_equal(one.chroma_lab, other.chroma_lab)


class Predictor:
    """Keeps networks loaded and photos prepared. For one thread at a time."""

    def __init__(self) -> None:
        self._networks: OrderedDict[tuple[str, str], Colorizer] = OrderedDict()
        self.seen: OrderedDict[tuple[int, str, str, int], SeenPhoto] = OrderedDict()

    def network(self, name: str, device: str) -> Colorizer:
        """A model, loaded. Raises `ModelError` where it cannot be."""
        from colorstudio.networks.colorizer import Colorizer

        key = (name, device)
        if key not in self._networks:
            self._networks[key] = Colorizer.load(find_model(name), device)
            while len(self._networks) > _KEPT_NETWORKS:
                self._networks.popitem(last=False)
        self._networks.move_to_end(key)
        return self._networks[key]

    def see(self, photo: Photo, colorizer: Colorizer, luminance: NDArray[np.float32], size: int) -> SeenPhoto:
        """A photo prepared for a network, at a working size."""
        key = (id(photo), colorizer.name, colorizer.device, size)
        if key not in self.seen:
            self.seen[key] = SeenPhoto(colorizer, colorizer.prepare(luminance, size))
            weakref.finalize(photo, self._forget_id, id(photo))
            while len(self.seen) > KEPT_PHOTOS:
                self.seen.popitem(last=False)
        self.seen.move_to_end(key)
        return self.seen[key]

    def forget(self, photo: Photo) -> None:
        """Give the memory of a photo back."""
        self._forget_id(id(photo))

    def forget_photos(self) -> None:
        self.seen.clear()

    def forget_networks(self) -> None:
        self._networks.clear()

    def _forget_id(self, photo_id: int) -> None:
        # A new photo may get the id of one that is gone.
        # Called by the garbage collector, on any thread and while others look at this: hence the copy.
        for key in list(self.seen):
            if key[0] == photo_id:
                self.seen.pop(key, None)
