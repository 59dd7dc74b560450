"""Colouring like another photo: what is alike in both becomes soft hints for the network."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from colorstudio.document.reference import LONGEST_NAME, Reference
from colorstudio.errors import NothingAlikeError, UsageError
from colorstudio.imaging.colorspace import srgb_to_lab
from colorstudio.imaging.photo import Photo, PhotoKind
from colorstudio.imaging.reading import read_photo
from colorstudio.imaging.resample import resize
from colorstudio.networks.hints import NO_HINTS, Hints
from colorstudio.services.global_reference import global_hints_of_reference

if TYPE_CHECKING:
    from colorstudio.networks.colorizer import ChromaPrediction, Colorizer, PreparedPhoto
    from colorstudio.networks.correspondence import Look

_SHORT_SIDE_PX = 512  # networks look at less
# Of the photo that must have its like in the other: below it, chance finds as much in any two photos.
LEAST_SHARE = 0.02
# A user's stroke silences the reference this near to it, as a part of the photo's longer side.
_SILENCE = 0.12


@dataclass(frozen=True, eq=False)
class ReferencePhoto:
    """A photo in colour that others are to be coloured like; prepared once for all of them.

    Attributes
    ----------
    name
        What it is called.
    lab
        ``(h, w, 3)`` float32 Lab of a small copy.
    """

    name: str
    lab: NDArray[np.float32]
    _looks: dict[tuple[str, str], Look] = field(default_factory=dict, repr=False)

    @classmethod
    def of(cls, photo: Photo, name: str) -> ReferencePhoto:
        """Raises `UsageError` where a photo has no colours to give."""
        if photo.kind is not PhotoKind.COLOUR:
            what = "black and white" if photo.kind is PhotoKind.GRAY else "toned in one colour"
            raise UsageError(
                f"{name} has no colours to take, it is {what}: choose a photo in colour as the reference."
            )
        height, width = photo.shape
        scale = min(1.0, _SHORT_SIDE_PX / min(height, width))
        shape = max(1, round(height * scale)), max(1, round(width * scale))
        rgb = resize(photo.pixels, shape) / np.float32(np.iinfo(photo.pixels.dtype).max)
        lab = srgb_to_lab(np.clip(rgb, 0, 1)).astype(np.float32)
        return cls(name[-LONGEST_NAME:], lab)

    def look(self, colorizer: Colorizer) -> Look:
        """What it looks like to a network."""
        from colorstudio.networks.correspondence import look

        key = colorizer.name, colorizer.device
        if key not in self._looks:
            prepared = colorizer.prepare(np.ascontiguousarray(self.lab[..., 0]))
            self._looks[key] = look(colorizer, prepared)
        return self._looks[key]


def read_reference(path: Path) -> ReferencePhoto:
    """Read a photo that others are to be coloured like.

    Raises
    ------
    PhotoReadError
    UsageError
        It has no colours to give.
    """
    return ReferencePhoto.of(read_photo(path), path.name)


def find_reference(colorizer: Colorizer, prepared: PreparedPhoto, other: ReferencePhoto) -> Reference:
    """Find what of a photo has its like in another, or what the other is like as a whole.

    The latter for networks that take hints on a photo as a whole: any photo in colour will do.

    Parameters
    ----------
    prepared
        The photo, by the same network.

    Raises
    ------
    NothingAlikeError
        Too little has.
    UsageError
        The network takes no hints, or cannot tell what is alike.
    """
    from colorstudio.networks.correspondence import correspond, look

    if colorizer.network.takes_global_hints:
        nowhere = np.zeros((0, 2), np.float32)
        overall = global_hints_of_reference(other)
        return Reference(other.name, nowhere, nowhere, nowhere[:, 0], overall=overall)
    if not (colorizer.network.takes_hints and colorizer.network.tells_places_apart):
        raise cannot_refer(colorizer.name)

    found = correspond(look(colorizer, prepared), other.look(colorizer), other.lab[..., 1:])
    if found.share < LEAST_SHARE:
        raise NothingAlikeError(
            f"Too little of the photo looks like something in {other.name}: "
            "choose a reference that shows the same kinds of things."
        )
    return Reference(other.name, found.positions, found.chroma_lab, found.confidence)


def cannot_refer(model: str) -> UsageError:
    return UsageError(f"The network {model} cannot colour a photo like another one: choose another model.")


def hints_of_reference(
    reference: Reference, plain: ChromaPrediction, photo_shape: tuple[int, int], painted: Hints = NO_HINTS
) -> Hints:
    """What the network is told of a reference: near strokes nothing, for what the user painted is so.

    A network takes a hint or does not, it knows no half of one. So a match of confidence c says: c of the way
    from what the network would give this place by itself to the colour of the other photo. Where c is 0, that
    keeps the colour there is, and the matches from being taken for a cast over all of the photo.

    Parameters
    ----------
    plain
        What the network says without hints.
    painted
        The hints of strokes, in the same photo.
    """
    sides = np.array(photo_shape)
    inside = np.all((reference.positions > -0.5) & (reference.positions < sides - 0.5), axis=1)
    kept = inside & ~near_painted(reference.positions, painted, photo_shape)
    positions = reference.positions[kept]
    shape = np.array(plain.chroma_lab.shape[:2])
    cells = np.clip(np.floor((positions + 0.5) * shape / sides).astype(np.int64), 0, shape - 1)
    usual = plain.chroma_lab[cells[:, 0], cells[:, 1]]
    share = np.float32(reference.strength) * reference.confidence[kept, None]
    chroma = usual + share * (reference.chroma_lab[kept] - usual)
    # Three by three pixels of what the network sees, which is twice as fine as what it says.
    steps = np.array([(row, col) for row in (-0.5, 0, 0.5) for col in (-0.5, 0, 0.5)]) * sides / shape
    around = (positions[:, None] + steps[None]).reshape(-1, 2)
    return Hints(around, np.repeat(chroma.astype(np.float32), len(steps), axis=0))


def left_open(
    answer: ChromaPrediction,
    plain: ChromaPrediction,
    like: ChromaPrediction,
    reference: Reference,
    photo_shape: tuple[int, int],
) -> ChromaPrediction:
    """An answer whose distribution is the network's own where the reference has little to say.

    There the hints ask for the colour that is there already, and the network takes that for certainty:
    nothing would be left for the vividness to choose from.

    Parameters
    ----------
    answer
        To the reference, and perhaps to strokes too.
    plain, like
        What the network says without hints, and to the reference alone.
    """
    from scipy.ndimage import distance_transform_edt  # takes long to import

    if answer.logits is None or plain.logits is None or like.logits is None:
        return answer
    shape = answer.logits.shape[1], answer.logits.shape[2]
    said = np.full(shape, -1, np.float32)
    sides = np.array(photo_shape)
    cells = np.floor((reference.positions + 0.5) * np.array(shape) / sides).astype(np.int64)
    cells = np.clip(cells, 0, np.array(shape) - 1)
    said[cells[:, 0], cells[:, 1]] = reference.confidence
    nearest: NDArray[np.int32] = distance_transform_edt(said < 0, return_distances=False, return_indices=True)  # type: ignore[assignment]
    open_share = 1 - reference.strength * said[nearest[0], nearest[1]]
    logits = answer.logits + (plain.logits - like.logits) * answer.logits.new_tensor(open_share)
    return replace(answer, logits=logits)


def near_painted(
    positions: NDArray[np.float32], painted: Hints, photo_shape: tuple[int, int]
) -> NDArray[np.bool_]:
    """Which positions are near something painted."""
    if not len(painted) or not len(positions):
        return np.zeros(len(positions), np.bool_)
    from scipy.spatial import KDTree  # takes long to import

    reach = _SILENCE * max(photo_shape)
    # Strokes have many pixels, and one for each small square says as well where they are.
    side = max(reach / 8, 1.0)
    squares = np.unique(np.floor(painted.positions / side), axis=0)
    distance, _ = KDTree((squares + 0.5) * side).query(positions)
    return np.asarray(distance <= reach)
