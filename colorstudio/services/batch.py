"""Colouring many photos one after the other: which ones, where to, and what came of each."""

from __future__ import annotations

import sys
import time
from collections.abc import Generator, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field, replace
from itertools import count
from pathlib import Path
from typing import Any

from colorstudio.document.document import Document, Mode, Settings
from colorstudio.document.strokes import Stroke
from colorstudio.errors import DeviceError, NothingAlikeError, PhotoReadError, UsageError
from colorstudio.imaging.reading import READABLE_SUFFIXES, read_photo
from colorstudio.imaging.smoothing import Smoothing
from colorstudio.imaging.writing import WRITABLE_FORMATS, WriteOptions
from colorstudio.progress import ProgressToken
from colorstudio.services.colorizing import ColorizingService
from colorstudio.services.devices import AUTO
from colorstudio.services.exporting import check_target, export_document, make_folder_of
from colorstudio.services.painting import PaintedColours, notes_on_copy, painted_on_copy
from colorstudio.services.reference import ReferencePhoto

# Behind the name of a photo or a folder in the name of what it is coloured into.
ENDING = "-colour"
# What an output is called where the format is not given: as the photo, where we write that.
_USUAL_SUFFIX = {suffix: suffixes[0] for suffixes in WRITABLE_FORMATS.values() for suffix in suffixes}


@dataclass(frozen=True)
class Job:
    """One photo to colour.

    Attributes
    ----------
    from_folder
        The user named its folder, not the photo.
    inputs
        All files that the batch reads, resolved: none of them is ever written over.
    """

    source: Path
    target: Path
    from_folder: bool = False
    inputs: frozenset[Path] = field(default=frozenset(), repr=False, compare=False)


@dataclass(frozen=True)
class Plan:
    """Photos to colour, and what is wrong with the inputs that have none."""

    jobs: list[Job]
    failures: list[PhotoReadError]


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


def plan_jobs(
    inputs: Sequence[Path],
    *,
    others: Sequence[Path] = (),
    out_file: Path | None = None,
    out_dir: Path | None = None,
    file_format: str | None = None,
) -> Plan:
    """Which photos are coloured into which files.

    A photo goes to ``NAME-colour`` beside it or in `out_dir`. The photos of a folder, and of its
    folders, go to ``FOLDER-colour`` or `out_dir`, in the same tree. No two photos go to the same file.

    Parameters
    ----------
    others
        Files that are read beside the photos.

    Raises
    ------
    UsageError
        One output file for several photos, or both an output file and a folder.
    """
    if out_file is not None and out_dir is not None:
        raise UsageError("Give either -o or --out-dir, not both.")
    if out_file is not None and (len(inputs) != 1 or inputs[0].is_dir()):
        raise UsageError(f"-o {out_file} is one file, but there are several photos: give --out-dir instead.")
    if out_file is not None:
        return Plan([Job(inputs[0], out_file, inputs=_resolved([*inputs, *others]))], [])
    found: list[tuple[Path, Path, bool]] = []  # photo, folder of its output, whether from a folder
    failures: list[PhotoReadError] = []
    for source in inputs:
        if not source.is_dir():
            found.append((source, out_dir or source.parent, False))
            continue
        root = out_dir or folder_beside(source)
        photos = photos_in(source, root, file_format)
        if not photos:
            failures.append(
                PhotoReadError(f"The folder {source} has no photos that can be read: give another one.")
            )
        found += [(photo, root / photo.relative_to(source).parent, True) for photo in photos]
    sources = _resolved([*(photo for photo, _, _ in found), *others])
    targets = plan_targets([(photo, folder) for photo, folder, _ in found], file_format)
    return Plan(
        [
            Job(photo, target, from_folder, sources)
            for (photo, _, from_folder), target in zip(found, targets, strict=True)
        ],
        failures,
    )


def plan_targets(
    photos: Sequence[tuple[Path, Path]], file_format: str | None, ending: str = ENDING
) -> list[Path]:
    """Files for photos to be written to, no two of them the same.

    Parameters
    ----------
    photos
        Each with the folder that it goes to.
    file_format
        A key of `WRITABLE_FORMATS`; None for the photo's own where we write that, else PNG.
    ending
        What is put behind the name of the photo.
    """
    taken: set[str] = set()
    targets: list[Path] = []
    for photo, folder in photos:
        targets.append(_free_target(photo, folder, file_format, ending, taken))
        taken.add(_same_file_key(targets[-1]))
    return targets


def _resolved(paths: Sequence[Path]) -> frozenset[Path]:
    return frozenset(path.resolve() for path in paths)


def photos_in(
    source: Path, out_root: Path, file_format: str | None = None, token: ProgressToken | None = None
) -> list[Path]:
    """Photos of a folder and its folders, without those that an earlier run has put there.

    Raises
    ------
    Cancelled
    """
    token = token or ProgressToken()
    inside, outputs = source.resolve(), out_root.resolve()
    mixed = inside.is_relative_to(outputs)  # then outputs cannot be told by their folder
    photos: list[Path] = []
    for path in source.rglob("*"):
        token.check()
        if (
            path.suffix.lower() in READABLE_SUFFIXES
            and not any(part.startswith(".") for part in path.relative_to(source).parts)
            and path.is_file()
            and (mixed or not path.resolve().is_relative_to(outputs))
        ):
            photos.append(path)
    photos.sort()
    if inside == outputs:
        made = {path.with_name(_output_name(path, file_format, ENDING)) for path in photos}
        photos = [path for path in photos if path not in made and _without_number(path) not in made]
    return photos


def _without_number(path: Path) -> Path:
    """The file that `path` would be one of several of: see `variation_targets`."""
    stem, _, number = path.stem.rpartition("-")
    return path.with_name(stem + path.suffix) if stem and number.isdigit() else path


def folder_beside(source: Path) -> Path:
    """Where the coloured photos of a folder go unless told otherwise.

    Raises
    ------
    UsageError
        The folder has none beside it.
    """
    named = source if source.name not in ("", "..") else source.resolve()  # "." and ".." have no name
    if not named.name:
        raise UsageError(f"There is no place beside {source} for the coloured photos: give --out-dir.")
    return named.with_name(named.name + ENDING)


def _output_name(source: Path, file_format: str | None, ending: str, mark: str = "") -> str:
    own = _USUAL_SUFFIX.get(source.suffix.lower(), ".png")
    return f"{source.stem}{mark}{ending}{WRITABLE_FORMATS[file_format][0] if file_format else own}"


def _free_target(source: Path, folder: Path, file_format: str | None, ending: str, taken: set[str]) -> Path:
    """Where a photo goes: to a name that no other photo of the batch goes to."""
    kind = source.suffix.lower().replace(".", "-")  # scan.jpg and scan.tif in one folder
    for number in count(1):
        mark = "" if number == 1 else kind if number == 2 else f"{kind}-{number}"
        target = folder / _output_name(source, file_format, ending, mark)
        if _same_file_key(target) not in taken:
            return target
    raise AssertionError("count() does not end")


def _same_file_key(path: Path) -> str:
    """Equal for names that are one file where the disk does not tell capitals from small letters."""
    return str(path).casefold()


def variation_targets(target: Path, count: int) -> list[Path]:
    """The files of several colourings in place of one: NAME-1 and so on."""
    return [target.with_name(f"{target.stem}-{number}{target.suffix}") for number in range(1, count + 1)]


def run_variations(
    job: Job,
    service: ColorizingService,
    count: int,
    *,
    settings: Settings,
    options: WriteOptions,
    strokes: Sequence[Stroke] = (),
    marked: Path | None = None,
    reference: ReferencePhoto | None = None,
    device: str = AUTO,
    working_size_px: int | None = None,
    token: ProgressToken | None = None,
) -> Iterator[JobReport]:
    """Colour one photo in several ways, each into its file of `variation_targets`; otherwise as `run_job`."""
    token = token or ProgressToken()
    targets = variation_targets(job.target, count)
    for target in targets:
        check_target(target, job.inputs, options)
    begun = _Begun.of(job, service, settings, strokes, marked, reference, device, token.part(0.0, 0.1))
    several = service.variations(
        begun.document,
        count,
        painted=begun.painted,
        device=device,
        working_size_px=working_size_px,
        token=token.part(0.1, 0.3),
    )
    with _short_of_memory(job):
        wanted = [varied.variation for varied in several]
    rest = token.part(0.3, 1.0)
    for number, (variation, target) in enumerate(zip(wanted, targets, strict=True)):
        part = rest.part(number / count, (number + 1) / count)
        begun.document.set_settings(replace(begun.document.settings, variation=variation))
        yield _finished(begun, job, service, target, options, device, working_size_px, part)


def run_job(
    job: Job,
    service: ColorizingService,
    *,
    settings: Settings,
    options: WriteOptions,
    strokes: Sequence[Stroke] = (),
    marked: Path | None = None,
    reference: ReferencePhoto | None = None,
    device: str = AUTO,
    working_size_px: int | None = None,
    token: ProgressToken | None = None,
) -> JobReport:
    """Colour one photo into its file.

    Parameters
    ----------
    strokes
        In pixels of the photo.
    marked
        A copy of the photo with scribbles on it, in place of strokes.
    reference
        Another photo that this one is coloured like, as far as they show the same things; else without it.

    Raises
    ------
    ColorStudioError, Cancelled
    """
    token = token or ProgressToken()
    check_target(job.target, job.inputs, options)  # now, not after the work
    begun = _Begun.of(job, service, settings, strokes, marked, reference, device, token.part(0.0, 0.1))
    return _finished(begun, job, service, job.target, options, device, working_size_px, token.part(0.1, 1.0))


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
    reference
        Name of the photo that it is coloured like.
    start
        When the work on what is written next began.
    read_seconds
        Of that, what reading took.
    """

    document: Document
    painted: PaintedColours | None
    notes: tuple[str, ...]
    reference: str | None
    matches: int
    marked: Path | None
    start: float
    read_seconds: float

    @classmethod
    def of(
        cls,
        job: Job,
        service: ColorizingService,
        settings: Settings,
        strokes: Sequence[Stroke],
        marked: Path | None,
        reference: ReferencePhoto | None,
        device: str,
        token: ProgressToken,
    ) -> _Begun:
        start = time.perf_counter()
        with _short_of_memory(job):
            photo = read_photo(job.source)
            painted, notes = None, photo.notes
            if marked is not None:
                copy = read_photo(marked)
                painted = painted_on_copy(photo, copy)
                notes += notes_on_copy(copy, len(painted))
            read = time.perf_counter()
            document = Document(photo, settings, strokes)
            matches = 0
            if reference is not None:
                try:
                    like = service.refer(document, reference, device=device, token=token)
                    document.set_settings(replace(settings, reference=like))
                    matches = like.matches
                except NothingAlikeError as error:
                    notes += (f"{error} It was coloured without it.",)
        name = reference.name if reference is not None else None
        return cls(document, painted, notes, name, matches, marked, start, read - start)


def _finished(
    begun: _Begun,
    job: Job,
    service: ColorizingService,
    target: Path,
    options: WriteOptions,
    device: str,
    working_size_px: int | None,
    token: ProgressToken,
) -> JobReport:
    """Colour a photo as its document says, and write it."""
    document = begun.document
    with _short_of_memory(job):
        colouring = service.colorize(
            document,
            painted=begun.painted,
            device=device,
            working_size_px=working_size_px,
            token=token.part(0.0, 0.6),
        )
        coloured = time.perf_counter()
        make_folder_of(target)
        written = export_document(document, colouring, target, options, token.part(0.6, 1.0))
    end = time.perf_counter()
    start, begun.start = begun.start, end
    read, begun.read_seconds = begun.read_seconds, 0.0
    settings, (height, width) = document.settings, document.photo.shape
    return JobReport(
        input=str(job.source),
        output=str(written),
        width=width,
        height=height,
        model=colouring.model,
        device=colouring.device,
        seconds={"read": read, **colouring.seconds, "write": end - coloured, "total": end - start},
        peak_memory_bytes=peak_memory_bytes(),
        notes=(*begun.notes, *colouring.notes),
        mode=settings.mode,
        vividness=colouring.vividness,
        smoothing=colouring.smoothing,
        reference=begun.reference,
        matches=begun.matches,
        strokes=len(document.strokes),
        marked=str(begun.marked) if begun.marked is not None else None,
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
