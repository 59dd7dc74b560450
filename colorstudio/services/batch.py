"""Colouring many photos one after the other, and what came of each."""

from __future__ import annotations

import sys
import time
from collections.abc import Generator, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from colorstudio.document.document import Document, Mode, Settings
from colorstudio.document.strokes import Stroke
from colorstudio.document.variation import Variation
from colorstudio.errors import DeviceError, NothingAlikeError
from colorstudio.imaging.reading import read_photo
from colorstudio.imaging.smoothing import Smoothing
from colorstudio.imaging.writing import WriteOptions
from colorstudio.progress import ProgressToken
from colorstudio.services.colorizing import ColorizingService
from colorstudio.services.devices import AUTO
from colorstudio.services.exporting import check_target, export_document, make_folder_of
from colorstudio.services.painting import PaintedColours, notes_on_copy, painted_on_copy
from colorstudio.services.planning import Job, variation_targets
from colorstudio.services.reference import ReferencePhoto


@dataclass(frozen=True)
class PhotoReport:
    """What came of one photo."""

    input: str
    output: str
    width: int
    height: int
    model: str
    device: str
    seconds: dict[str, float]
    peak_memory_bytes: int | None
    notes: tuple[str, ...]

    def as_json(self) -> dict[str, Any]:
        return asdict(self) | {"seconds": {stage: round(value, 4) for stage, value in self.seconds.items()}}


@dataclass(frozen=True)
class JobReport(PhotoReport):
    """What came of a job; where the mode needs no network, `model` is empty and `vividness` 0.

    Attributes
    ----------
    matches
        At how many places the photo has its like in the reference; 0 where it was coloured without one, or by
        a network that goes by what the reference is like as a whole.
    variation
        Which of several colourings it is; None where only one was asked for.
    """

    mode: Mode
    vividness: float
    smoothing: Smoothing
    reference: str | None
    matches: int
    strokes: int
    marked: str | None
    painted_pixels: int
    variation: int | None = None


@dataclass(frozen=True)
class BatchOptions:
    """How the photos of a batch are coloured: what they have in common.

    Attributes
    ----------
    strokes
        In pixels of the photo.
    marked
        A copy of the photo with scribbles on it, in place of strokes.
    reference
        Another photo that these are coloured like, as far as they show the same things; else without it.
    working_size_px
        The network's own where None.
    """

    settings: Settings
    write: WriteOptions
    strokes: Sequence[Stroke] = ()
    marked: Path | None = None
    reference: ReferencePhoto | None = None
    device: str = AUTO
    working_size_px: int | None = None


def run_job(
    job: Job, service: ColorizingService, options: BatchOptions, token: ProgressToken | None = None
) -> JobReport:
    """Colour one photo into its file.

    Raises
    ------
    ColorStudioError, Cancelled
    """
    token = token or ProgressToken()
    check_target(job.target, job.inputs, options.write)  # now, not after the work
    begun = _Begun.of(job, service, options, token.part(0.0, 0.1))
    return begun.finished(job.target, token.part(0.1, 1.0))


def run_variations(
    job: Job,
    service: ColorizingService,
    count: int,
    options: BatchOptions,
    token: ProgressToken | None = None,
) -> Iterator[JobReport]:
    """Colour one photo in several ways, each into its file of `variation_targets`; otherwise as `run_job`."""
    token = token or ProgressToken()
    targets = variation_targets(job.target, count)
    for target in targets:
        check_target(target, job.inputs, options.write)
    begun = _Begun.of(job, service, options, token.part(0.0, 0.1))
    wanted = begun.variations(count, token.part(0.1, 0.3))
    rest = token.part(0.3, 1.0)
    for number, (variation, target) in enumerate(zip(wanted, targets, strict=True)):
        begun.document.set_settings(replace(begun.document.settings, variation=variation))
        yield begun.finished(target, rest.part(number / count, (number + 1) / count))


@contextmanager
def _short_of_memory(job: Job) -> Generator[None]:
    """Say so as an error of one photo."""
    try:
        yield
    except MemoryError as error:
        raise DeviceError(
            f"There is not enough memory to colour {job.source}: close other programs and try again."
        ) from error


@dataclass
class _Begun:
    """A photo that was read, ready to be coloured.

    Attributes
    ----------
    notes, matches
        What reading it and comparing it with the reference have to tell.
    start
        When the work on what is written next began.
    read_seconds
        Of that, what reading took.
    """

    job: Job
    service: ColorizingService
    options: BatchOptions
    document: Document
    painted: PaintedColours | None
    notes: tuple[str, ...]
    matches: int
    start: float
    read_seconds: float

    @classmethod
    def of(cls, job: Job, service: ColorizingService, options: BatchOptions, token: ProgressToken) -> _Begun:
        start = time.perf_counter()
        with _short_of_memory(job):
            photo = read_photo(job.source)
            painted, notes, matches = None, photo.notes, 0
            if options.marked is not None:
                copy = read_photo(options.marked)
                painted = painted_on_copy(photo, copy)
                notes += notes_on_copy(copy, len(painted))
            read_seconds = time.perf_counter() - start
            document = Document(photo, options.settings, options.strokes)
            if options.reference is not None:
                try:
                    like = service.refer(document, options.reference, device=options.device, token=token)
                    document.set_settings(replace(options.settings, reference=like))
                    matches = like.matches
                except NothingAlikeError as error:
                    notes += (f"{error} It was coloured without it.",)
        return cls(job, service, options, document, painted, notes, matches, start, read_seconds)

    def variations(self, count: int, token: ProgressToken) -> list[Variation]:
        with _short_of_memory(self.job):
            several = self.service.variations(
                self.document,
                count,
                painted=self.painted,
                device=self.options.device,
                working_size_px=self.options.working_size_px,
                token=token,
            )
            return [varied.variation for varied in several]

    def finished(self, target: Path, token: ProgressToken) -> JobReport:
        """Colour the photo as its document says, and write it."""
        document, options = self.document, self.options
        with _short_of_memory(self.job):
            colouring = self.service.colorize(
                document,
                painted=self.painted,
                device=options.device,
                working_size_px=options.working_size_px,
                token=token.part(0.0, 0.6),
            )
            coloured = time.perf_counter()
            make_folder_of(target)
            written = export_document(document, colouring, target, options.write, token.part(0.6, 1.0))
        end = time.perf_counter()
        start, self.start = self.start, end
        read, self.read_seconds = self.read_seconds, 0.0
        settings, (height, width) = document.settings, document.photo.shape
        return JobReport(
            input=str(self.job.source),
            output=str(written),
            width=width,
            height=height,
            model=colouring.model,
            device=colouring.device,
            seconds={"read": read, **colouring.seconds, "write": end - coloured, "total": end - start},
            peak_memory_bytes=peak_memory_bytes(),
            notes=(*self.notes, *colouring.notes),
            mode=settings.mode,
            vividness=colouring.vividness,
            smoothing=colouring.smoothing,
            reference=options.reference.name if options.reference is not None else None,
            matches=self.matches,
            strokes=len(document.strokes),
            marked=str(options.marked) if options.marked is not None else None,
            painted_pixels=colouring.painted_pixels,
            variation=settings.variation.number if settings.variation is not None else None,
        )


def peak_memory_bytes() -> int | None:
    """The most memory this process has held so far, where the system tells."""
    status = Path("/proc/self/status")
    if status.is_file():  # Linux, whose getrusage counts the parent's memory at the fork, too
        for line in status.read_text(encoding="ascii", errors="replace").splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) * 1024
    try:
        import resource
    except ImportError:  # Windows
        return None
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak if sys.platform == "darwin" else peak * 1024
