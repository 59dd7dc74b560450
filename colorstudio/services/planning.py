"""Which photos a batch colours, and into which files."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

from colorstudio.errors import PhotoReadError, UsageError
from colorstudio.imaging.reading import READABLE_SUFFIXES
from colorstudio.imaging.writing import WRITABLE_FORMATS
from colorstudio.progress import ProgressToken

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
