"""Colouring many photos one after the other: which ones, where to, and what came of each."""

from __future__ import annotations

import sys
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from colorstudio.document.document import Document, Settings
from colorstudio.errors import PhotoReadError, UsageError
from colorstudio.imaging.reading import READABLE_SUFFIXES, read_photo
from colorstudio.imaging.writing import WriteOptions
from colorstudio.progress import ProgressToken
from colorstudio.services.colorizing import ColorizingService
from colorstudio.services.devices import AUTO
from colorstudio.services.exporting import export_document

_SUFFIX_OF_FORMAT = {"png": ".png", "tiff": ".tif", "jpeg": ".jpg", "webp": ".webp"}
# What an output is called where the format is not given: the photo's own, where we write that.
_SUFFIX_OF_INPUT = {".jpg": ".jpg", ".jpeg": ".jpg", ".tif": ".tif", ".tiff": ".tif", ".webp": ".webp"}


@dataclass(frozen=True)
class Job:
    """One photo to colour. `from_folder` says that the user named its folder, not the photo."""

    source: Path
    target: Path
    from_folder: bool = False


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


def plan_jobs(
    inputs: Sequence[Path],
    *,
    out_file: Path | None = None,
    out_dir: Path | None = None,
    file_format: str | None = None,
) -> list[Job]:
    """Which photos are coloured into which files.

    A photo goes to ``NAME-colour`` beside it or in `out_dir`. The photos of a folder, and of its
    folders, go to ``FOLDER-colour`` or `out_dir`, in the same tree.

    Raises
    ------
    UsageError
        One output file for several photos, or both an output file and a folder.
    PhotoReadError
        A folder without photos.
    """
    if out_file is not None and out_dir is not None:
        raise UsageError("Give either -o or --out-dir, not both.")
    if out_file is not None and (len(inputs) != 1 or inputs[0].is_dir()):
        raise UsageError(f"-o {out_file} is one file, but there are several photos: give --out-dir instead.")
    if out_file is not None:
        return [Job(inputs[0], out_file)]
    jobs: list[Job] = []
    taken: set[Path] = set()
    for source in inputs:
        if source.is_dir():
            root = out_dir or source.with_name(source.resolve().name + "-colour")
            photos = [path for path in sorted(source.rglob("*")) if _is_photo(path, source, root)]
            if not photos:
                raise PhotoReadError(f"The folder {source} has no photos that can be read: give another one.")
            folders = [root / path.relative_to(source).parent for path in photos]
        else:
            photos, folders = [source], [out_dir or source.parent]
        for photo, folder in zip(photos, folders, strict=True):
            target = _target(photo, folder, file_format, taken)
            taken.add(target)
            jobs.append(Job(photo, target, from_folder=source.is_dir()))
    return jobs


def _is_photo(path: Path, root: Path, out_root: Path) -> bool:
    hidden = any(part.startswith(".") for part in path.relative_to(root).parts)
    return (
        path.suffix.lower() in READABLE_SUFFIXES
        and not hidden
        and path.is_file()
        and not path.resolve().is_relative_to(out_root.resolve())
    )


def _target(source: Path, folder: Path, file_format: str | None, taken: set[Path]) -> Path:
    suffix = source.suffix.lower()
    ending = _SUFFIX_OF_FORMAT[file_format] if file_format else _SUFFIX_OF_INPUT.get(suffix, ".png")
    target = folder / f"{source.stem}-colour{ending}"
    if target in taken:  # scan.jpg and scan.tif in one folder
        target = folder / f"{source.stem}-{suffix[1:]}-colour{ending}"
    return target


def run_job(
    job: Job,
    service: ColorizingService,
    *,
    settings: Settings,
    options: WriteOptions,
    device: str = AUTO,
    working_size_px: int | None = None,
    token: ProgressToken | None = None,
) -> PhotoReport:
    """Colour one photo into its file.

    Raises
    ------
    ColorStudioError, Cancelled
    """
    token = token or ProgressToken()
    start = time.perf_counter()
    photo = read_photo(job.source)
    read = time.perf_counter()
    document = Document(photo, settings)
    colouring = service.colorize(
        document, device=device, working_size_px=working_size_px, token=token.part(0.1, 0.6)
    )
    coloured = time.perf_counter()
    job.target.parent.mkdir(parents=True, exist_ok=True)
    written = export_document(document, colouring, job.target, options, token.part(0.6, 1.0))
    end = time.perf_counter()
    seconds = {"read": read - start, **colouring.seconds, "write": end - coloured, "total": end - start}
    height, width = photo.shape
    return PhotoReport(
        str(job.source),
        str(written),
        width,
        height,
        colouring.model,
        colouring.device,
        seconds,
        peak_memory_bytes(),
        (*photo.notes, *colouring.notes),
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
