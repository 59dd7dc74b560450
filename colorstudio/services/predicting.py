"""Networks at work on photos, with what is already computed kept."""

from __future__ import annotations

import hashlib
import weakref
from collections import OrderedDict
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from colorstudio.imaging.photo import Photo
from colorstudio.networks.hints import NO_HINTS, Hints, joined
from colorstudio.networks.registry import find_model
from colorstudio.services.answering import NO_GUIDES, Guides
from colorstudio.services.reference import ReferencePhoto, find_reference, hints_of_reference, left_open
from colorstudio.services.variation_hints import hints_of_variation

if TYPE_CHECKING:
    from collections.abc import Iterator

    from colorstudio.document.reference import Reference
    from colorstudio.document.variation import Variation
    from colorstudio.networks.colorizer import ChromaPrediction, Colorizer, PreparedPhoto
    from colorstudio.networks.varying import Variant

KEPT_PHOTOS = 4
_KEPT_NETWORKS = 3
_KEPT_ANSWERS = 4  # to nothing, to a reference or a variation, and to these with strokes


class SeenPhoto:
    """A photo as a network sees it, and what the network said to the last few things it was asked."""

    def __init__(self, colorizer: Colorizer, photo: PreparedPhoto) -> None:
        self._photo = photo
        self._colorizer = colorizer
        # The network's passes are kept with the prepared photo; this keeps what was made of them.
        self._said: OrderedDict[tuple[bytes, Guides], ChromaPrediction] = OrderedDict()

    @property
    def plain(self) -> ChromaPrediction:
        """What it says when it is told nothing."""
        return self.predict(NO_HINTS, NO_GUIDES)

    def predict(self, painted: Hints, guides: Guides) -> ChromaPrediction:
        """What it says to strokes and to what else leads it."""
        if not self._colorizer.network.takes_hints:
            painted = NO_HINTS
        guides = Guides(self._heard(guides.reference), guides.variation)
        key = _digest(painted), guides
        if key not in self._said:
            self._said[key] = self._answer(painted, guides)
            while len(self._said) > _KEPT_ANSWERS:
                self._said.popitem(last=False)
        self._said.move_to_end(key)
        return self._said[key]

    def _answer(self, painted: Hints, guides: Guides) -> ChromaPrediction:
        reference, variation = guides
        if variation is not None and self._colorizer.network.has_variations and not len(painted):
            return self._colorizer.drawn(self._photo, variation.seed)
        if reference is not None and reference.overall is not None:
            return self._as_a_whole(painted, reference, reference.overall, variation)
        told = joined(self._of_variation(variation, painted), painted)
        if reference is None:
            return self._colorizer.predict(self._photo, told)
        soft = hints_of_reference(reference, self.plain, self._photo.photo_shape, told)
        answer = self._colorizer.predict(self._photo, told, soft)
        like = self._colorizer.predict(self._photo, soft=soft) if len(told) else answer
        return left_open(answer, self.plain, like, reference, self._photo.photo_shape)

    def _as_a_whole(
        self,
        painted: Hints,
        reference: Reference,
        overall: NDArray[np.float32],
        variation: Variation | None,
    ) -> ChromaPrediction:
        """What it says to strokes and to what a reference is like as a whole, as strongly as is wanted."""
        if reference.strength == 1:
            told = self._photo.features[0].new_tensor(overall)[None]
            photo = replace(self._photo, features=[told], said=OrderedDict())
            return self._colorizer.predict(photo, joined(self._of_variation(variation, painted), painted))
        base = self.predict(painted, Guides(None, variation))
        answer = self.predict(painted, Guides(replace(reference, strength=1.0), variation))
        strength = reference.strength
        chroma = base.chroma_lab + np.float32(strength) * (answer.chroma_lab - base.chroma_lab)
        if base.logits is None or answer.logits is None:
            return replace(answer, chroma_lab=chroma)
        return replace(
            answer, chroma_lab=chroma, logits=base.logits + strength * (answer.logits - base.logits)
        )

    def _of_variation(self, variation: Variation | None, painted: Hints) -> Hints:
        photo = self._photo
        return hints_of_variation(variation, photo.photo_shape, photo.working_shape, painted)

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


def _digest(hints: Hints) -> bytes:
    digest = hashlib.blake2b(hints.positions.tobytes(), digest_size=16)
    digest.update(hints.chroma_lab.tobytes())
    return digest.digest()


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
