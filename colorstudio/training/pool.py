"""Photos for training, decoded once and held in memory as bytes."""

from __future__ import annotations

import fnmatch
import hashlib
import io
import re
import struct
import tarfile
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path, PurePosixPath
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from PIL import Image
from torch import Tensor

from colorstudio.errors import TrainingError
from colorstudio.progress import ProgressToken
from colorstudio.threads import usable_cores
from colorstudio.training.recipe import DataRecipe

_PHOTO_SUFFIXES = {".jpg", ".jpeg", ".png", ".webp", ".bmp"}
_TAR_SUFFIXES = (".tar", ".tar.gz", ".tgz")
_SMALLEST_SIDE = 32
_BATCH = 256  # photos of a shard held undecoded

# RuntimeError: an encrypted member, or packed in a way that we cannot undo.
_SHARD_ERRORS = (OSError, EOFError, RuntimeError, zipfile.BadZipFile, zlib.error, tarfile.TarError)
# What Pillow's decoders are known to raise on damaged data.
_DECODING_ERRORS = (
    OSError, EOFError, ValueError, TypeError, LookupError, ArithmeticError, SyntaxError, struct.error,
    zlib.error, Image.DecompressionBombError,
)  # fmt: skip


@dataclass(frozen=True)
class PhotoSource:
    """Where photos came from: a shard, or a folder of loose ones.

    Attributes
    ----------
    file
        Name relative to the data folder; that of a folder ends in a slash.
    sha256
        Of the shard's bytes; of a folder, over the SHA-256 of each photo that was taken of it.
    names
        The photos taken, as in `PhotoPool.names`.
    """

    file: str
    sha256: str
    names: tuple[str, ...]


@dataclass(frozen=True)
class PhotoPool:
    """Photos of all sizes, one after the other in one flat tensor.

    Attributes
    ----------
    pixels
        sRGB bytes, ``(sum of H * W, 3)`` uint8.
    offsets, heights, widths
        ``(N,)`` int64: where a photo starts in `pixels`, in pixels, and its size.
    names
        The file names, ``SHARD/NAME`` for those from shards.
    labels, label_names
        The only classes that the data has: what a photo's name begins with, as a number, ``(N,)`` int64, and
        what that stands for. See `labels_of`.
    fingerprint
        SHA-256 over the bytes of all files.
    sources
        Where the photos came from.
    """

    pixels: Tensor
    offsets: Tensor
    heights: Tensor
    widths: Tensor
    names: tuple[str, ...]
    labels: Tensor
    label_names: tuple[str, ...]
    fingerprint: str = ""
    sources: tuple[PhotoSource, ...] = ()

    def __len__(self) -> int:
        return len(self.names)

    def to(self, device: torch.device) -> PhotoPool:
        """The same photos on a device."""
        return replace(
            self,
            pixels=self.pixels.to(device),
            offsets=self.offsets.to(device),
            heights=self.heights.to(device),
            widths=self.widths.to(device),
            labels=self.labels.to(device),
        )

    def subset(self, indices: list[int]) -> PhotoPool:
        """Some of the photos. The pixels are shared, not copied."""
        chosen = torch.tensor(indices, dtype=torch.int64, device=self.offsets.device)
        return replace(
            self,
            offsets=self.offsets[chosen],
            heights=self.heights[chosen],
            widths=self.widths[chosen],
            names=tuple(self.names[i] for i in indices),
            labels=self.labels[chosen],
        )

    def split(self, held_out_share: float) -> tuple[PhotoPool, PhotoPool]:
        """Photos to learn from and photos held out, by a hash of the name: stable under new data."""
        threshold = int(held_out_share * 2**32)
        learn: list[int] = []
        held: list[int] = []
        for index, name in enumerate(self.names):
            digest = hashlib.sha256(name.encode()).digest()
            (held if int.from_bytes(digest[:4], "big") < threshold else learn).append(index)
        return self.subset(learn), self.subset(held)


def labels_of(names: Sequence[str]) -> tuple[Tensor, tuple[str, ...]]:
    """Classes of photos by what their file names begin with: "street" of ``shard.zip/street_00012.webp``.

    Those without a number after an underscore are in a class of their own, "".
    """
    prefixes: list[str] = []
    for name in names:
        numbered = re.fullmatch(r"(.+)_\d+", PurePosixPath(name).stem)
        prefixes.append(numbered[1] if numbered else "")
    label_names = sorted(set(prefixes))
    number = {prefix: index for index, prefix in enumerate(label_names)}
    return torch.tensor([number[prefix] for prefix in prefixes], dtype=torch.int64), tuple(label_names)


def load_pool(
    folder: Path, recipe: DataRecipe, *, limit: int | None = None, token: ProgressToken | None = None
) -> PhotoPool:
    """Read and decode every photo of a folder, its zip and its tar shards.

    Photos that cannot be decoded, and those smaller than 32 pixels, are left out.

    Raises
    ------
    TrainingError
        The folder is missing, a shard is damaged, or no photo is found.
    """
    token = token or ProgressToken()
    if not folder.is_dir():
        raise TrainingError(f"The data folder {folder} does not exist: give a folder of photos or shards.")
    sources = [path for path in sorted(folder.rglob("*")) if path.is_file() and _wanted(path, folder, recipe)]
    names: list[str] = []
    sizes: list[tuple[int, int]] = []
    chunks: list[NDArray[np.uint8]] = []
    digest = hashlib.sha256()
    taken = _Taken(folder)
    with ThreadPoolExecutor(usable_cores()) as workers:
        for number, source in enumerate(sources):
            token.report(number / len(sources), f"Reading {source.name}")
            members = _members(source, folder)
            while (limit is None or len(names) < limit) and (batch := list(islice(members, _BATCH))):
                token.check()
                taken_now: list[NDArray[np.uint8]] = []
                decoded = workers.map(lambda member: _decode(member[1], recipe.short_side_px), batch)
                for (name, data), rgb8 in zip(batch, decoded, strict=True):
                    if rgb8 is None or (limit is not None and len(names) >= limit):
                        continue
                    digest.update(photo_digest := hashlib.sha256(data).digest())
                    taken.add(source, name, photo_digest)
                    names.append(name)
                    sizes.append((rgb8.shape[0], rgb8.shape[1]))
                    taken_now.append(rgb8.reshape(-1, 3))
                if taken_now:
                    chunks.append(np.concatenate(taken_now))
    if not names:
        raise TrainingError(
            f"No photos found in {folder} (looked for {', '.join(recipe.include)}): "
            "give a folder with JPEG, PNG or WebP photos, or zip or tar shards of them."
        )
    heights = torch.tensor([h for h, _ in sizes])
    widths = torch.tensor([w for _, w in sizes])
    areas = heights * widths
    return PhotoPool(
        torch.from_numpy(_joined(chunks)),
        areas.cumsum(0) - areas,
        heights,
        widths,
        tuple(names),
        *labels_of(names),
        digest.hexdigest(),
        taken.sources(),
    )


def _joined(chunks: list[NDArray[np.uint8]]) -> NDArray[np.uint8]:
    """All of them, one after the other. They are let go on the way, for there may not be room for both."""
    whole = np.empty((sum(map(len, chunks)), 3), np.uint8)
    end = len(whole)
    while chunks:
        last = chunks.pop()
        whole[end - len(last) : end] = last
        end -= len(last)
    return whole


class _Taken:
    """The photos taken so far, by where they came from."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._names: dict[str, list[str]] = {}
        self._digests: dict[str, Any] = {}

    def add(self, source: Path, name: str, photo_digest: bytes) -> None:
        relative = source.relative_to(self._folder)
        loose = source.suffix.lower() in _PHOTO_SUFFIXES
        file = f"{relative.parent.as_posix()}/" if loose else relative.as_posix()
        if file not in self._names:
            self._names[file] = []
            self._digests[file] = hashlib.sha256() if loose else _digest_of(source)
        self._names[file].append(name)
        if loose:
            self._digests[file].update(photo_digest)

    def sources(self) -> tuple[PhotoSource, ...]:
        return tuple(
            PhotoSource(file, self._digests[file].hexdigest(), tuple(names))
            for file, names in self._names.items()
        )


def _digest_of(path: Path) -> Any:
    try:
        with path.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256")
    except OSError as error:
        raise TrainingError(f"The shard {path} cannot be read ({error.strerror}): fetch it again.") from error


def _wanted(path: Path, folder: Path, recipe: DataRecipe) -> bool:
    if path.suffix.lower() not in _PHOTO_SUFFIXES | {".zip"} and not path.name.lower().endswith(
        _TAR_SUFFIXES
    ):
        return False
    relative = path.relative_to(folder).as_posix()
    included = any(fnmatch.fnmatch(relative, pattern) for pattern in recipe.include)
    return included and not any(fnmatch.fnmatch(relative, pattern) for pattern in recipe.exclude)


def _members(source: Path, folder: Path) -> Iterator[tuple[str, bytes]]:
    """Name and bytes of each photo in a file: itself, or all of a shard."""
    label = source.relative_to(folder).as_posix()
    try:
        if source.suffix.lower() == ".zip":
            with zipfile.ZipFile(source) as archive:
                for name in archive.namelist():
                    if Path(name).suffix.lower() in _PHOTO_SUFFIXES:
                        yield f"{label}/{name}", archive.read(name)
        elif source.name.lower().endswith(_TAR_SUFFIXES):
            with tarfile.open(source) as archive:
                for entry in archive:
                    stream = archive.extractfile(entry)
                    if stream is not None and Path(entry.name).suffix.lower() in _PHOTO_SUFFIXES:
                        yield f"{label}/{entry.name}", stream.read()
        else:
            yield label, source.read_bytes()
    except _SHARD_ERRORS as error:
        raise TrainingError(
            f"The shard {source} is damaged or cannot be read ({error}): fetch it again."
        ) from error


def _decode(data: bytes, short_side_px: int) -> NDArray[np.uint8] | None:
    try:
        with Image.open(io.BytesIO(data)) as opened:
            photo = opened.convert("RGB")
    except _DECODING_ERRORS:
        return None
    scale = short_side_px / min(photo.size)
    if scale < 1:
        size = (round(photo.width * scale), round(photo.height * scale))
        photo = photo.resize(size, Image.Resampling.LANCZOS)
    if min(photo.size) < _SMALLEST_SIDE:
        return None
    return np.asarray(photo)
