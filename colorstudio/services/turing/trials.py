"""What a participant sees, in which order and on which side: from the seed of the test and their name.

Each photo is seen once by a participant, so that nobody knows it from a trial before. Whose colours it has is
drawn anew for each participant, all models equally often.
"""

from __future__ import annotations

import hashlib
import random
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from colorstudio.errors import UsageError
from colorstudio.services.turing.session import GRAY, REAL, TuringSession

LONGEST_NAME = 80
# More than these side by side are not compared any more.
MOST_RANKED = 6
# One trial in so many is gray, where there is a control.
_CONTROL_EVERY = 10
# Among single photos at least; with fewer than two models as many as there are of each.
_LEAST_REAL = 1 / 3


@dataclass(frozen=True)
class Trial:
    """One question.

    Attributes
    ----------
    number
        From 1.
    photo
        Its index among those of the session.
    shown
        The sources of the pictures, from left to right, in rows.
    """

    number: int
    photo: int
    shown: tuple[str, ...]

    @property
    def model(self) -> str:
        """Who is asked about: the one beside the true colours, or the only one; "" among many."""
        if len(self.shown) == 1:
            return self.shown[0]
        others = [source for source in self.shown if source != REAL]
        return others[0] if len(self.shown) == 2 and len(others) == 1 else ""

    def pictures(self, session: TuringSession) -> tuple[Path, ...]:
        return tuple(session.picture_path(self.photo, source) for source in self.shown)


def tidy_name(name: str) -> str:
    """A participant's name as it is kept. Raises `UsageError` where it is none."""
    tidy = " ".join(unicodedata.normalize("NFC", name).split())
    if not tidy:
        raise UsageError("Give the name of the participant, or any word that stands for them.")
    if len(tidy) > LONGEST_NAME or not tidy.isprintable():
        raise UsageError(f"The participant's name has more than {LONGEST_NAME} letters, or strange ones.")
    return tidy


def trials_of(session: TuringSession, participant: str) -> tuple[Trial, ...]:
    """All trials of a participant, each time the same."""
    digest = hashlib.sha256(f"{session.seed}/{participant}".encode()).digest()
    rng = random.Random(digest)  # noqa: S311 - to be repeated from the seed
    photos = list(range(len(session.photos)))
    rng.shuffle(photos)
    if session.kind == "pairs":
        shown = _pairs(session, len(photos), rng)
    elif session.kind == "single":
        shown = _singles(session, photos, rng)
    else:
        shown = _rankings(session, len(photos), rng)
    return tuple(
        Trial(number, photo, sources)
        for number, (photo, sources) in enumerate(zip(photos, shown, strict=True), start=1)
    )


def _pairs(session: TuringSession, count: int, rng: random.Random) -> list[tuple[str, ...]]:
    real_is_left = [number % 2 == 0 for number in range(count)]
    rng.shuffle(real_is_left)
    return [
        (REAL, source) if left else (source, REAL)
        for source, left in zip(_models(session, count, rng), real_is_left, strict=True)
    ]


def _singles(session: TuringSession, photos: Sequence[int], rng: random.Random) -> list[tuple[str, ...]]:
    in_colour = [place for place, photo in enumerate(photos) if session.photos[photo].in_colour]
    share = max(1 / (len(session.models) + 1), _LEAST_REAL)
    real = set(rng.sample(in_colour, min(len(in_colour), round(share * len(photos)))))
    models = iter(_models(session, len(photos) - len(real), rng))
    return [(REAL,) if place in real else (next(models),) for place in range(len(photos))]


def _rankings(session: TuringSession, count: int, rng: random.Random) -> list[tuple[str, ...]]:
    candidates = candidates_of(session)
    seen = dict.fromkeys(candidates, 0)
    shown: list[tuple[str, ...]] = []
    for _ in range(count):
        rng.shuffle(candidates)
        some = sorted(candidates, key=seen.__getitem__)[:MOST_RANKED]
        for source in some:
            seen[source] += 1
        rng.shuffle(some)
        shown.append(tuple(some))
    return shown


def candidates_of(session: TuringSession) -> list[str]:
    """What is ranked: the true colours only where all photos have them, so that all ranks mean the same."""
    all_in_colour = all(photo.in_colour for photo in session.photos)
    models = [model.name for model in session.models]
    return [*([REAL] if all_in_colour else []), *models, *([GRAY] if session.control else [])]


def _models(session: TuringSession, count: int, rng: random.Random) -> list[str]:
    """So many sources without true colours: a gray one now and then, and all models equally often."""
    gray = [GRAY] * (max(1, round(count / _CONTROL_EVERY)) if session.control and count > 1 else 0)
    names = [model.name for model in session.models]
    rounds, rest = divmod(count - len(gray), len(names))
    sources = [*gray, *(names * rounds), *rng.sample(names, rest)]
    rng.shuffle(sources)
    return sources
