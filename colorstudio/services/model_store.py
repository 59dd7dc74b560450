"""Models that the user adds: from a folder or a zip, from the network, and away again.

A model in a zip is what it is in a folder: `model.toml`, the weights that it names, and
optionally `README.md`, all at the top.
"""

from __future__ import annotations

import hashlib
import http.client
import shutil
import tempfile
import urllib.error
import urllib.request
import zipfile
import zlib
from pathlib import Path
from urllib.parse import urlparse

from colorstudio.errors import ModelError
from colorstudio.networks.descriptor import DESCRIPTION_FILE, ModelDescriptor, read_descriptor
from colorstudio.networks.registry import find_model
from colorstudio.paths import shipped_models_dir, user_models_dir
from colorstudio.progress import ProgressToken

_CARD = "README.md"
_LARGEST_BYTES = 2_000_000_000
_BLOCK_BYTES = 1 << 20
_TIMEOUT_SECONDS = 30


def add_model(source: Path) -> ModelDescriptor:
    """Copy a model from a folder or a zip to the user's models, checked and whole or not at all.

    Raises
    ------
    ModelError
        It is no model, its weights are not those that it names, or it is there already.
    """
    root = user_models_dir()
    root.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".adding-", dir=root) as scratch:
        unpacked = Path(scratch) / "model"
        unpacked.mkdir()
        if source.is_dir():
            descriptor = read_descriptor(source)
            for name in (DESCRIPTION_FILE, descriptor.weights_file, _CARD):
                if (source / name).is_file():
                    shutil.copyfile(source / name, unpacked / name)
        elif source.is_file():
            _unzip(source, unpacked)
        else:
            raise ModelError(
                f"There is no model at {source}: give a folder or a zip with {DESCRIPTION_FILE} in it."
            )
        descriptor = _checked(unpacked, source)
        target = root / descriptor.name
        if target.exists():
            raise ModelError(
                f"A model named {descriptor.name} is there already: "
                f"remove it first (colorstudio models remove {descriptor.name})."
            )
        unpacked.rename(target)
    return read_descriptor(target)


def fetch_model(url: str, *, token: ProgressToken | None = None) -> ModelDescriptor:
    """Download the zip of a model and add it.

    Raises
    ------
    ModelError
        It cannot be downloaded, or is no model.
    Cancelled
        Nothing is left behind.
    """
    token = token or ProgressToken()
    if urlparse(url).scheme not in {"http", "https"}:
        raise ModelError(
            f"{url} is not a web address: give one that starts with https://, or use models add."
        )
    with tempfile.TemporaryDirectory(prefix="colorstudio-") as scratch:
        archive = Path(scratch) / "model.zip"
        try:
            _download(url, archive, token)
        except (urllib.error.URLError, http.client.HTTPException, OSError, ValueError) as error:
            reason = getattr(error, "reason", error)
            raise ModelError(
                f"{url} cannot be downloaded ({reason}): check the address and the connection."
            ) from error
        return add_model(archive)


def _download(url: str, path: Path, token: ProgressToken) -> None:
    opened = urllib.request.urlopen(url, timeout=_TIMEOUT_SECONDS)  # noqa: S310 - the scheme is checked
    with opened as response, path.open("wb") as file:
        total = int(response.headers.get("Content-Length") or 0)
        received = 0
        while block := response.read(_BLOCK_BYTES):
            received += len(block)
            if received > _LARGEST_BYTES:
                raise ModelError(
                    f"{url} is larger than {_LARGEST_BYTES / 1e9:g} GB: that is no model of ours."
                )
            file.write(block)
            token.report(received / total if total else 0.0, f"{received / 1e6:.0f} MB")
    if total and received != total:
        raise ModelError(f"{url} came down cut off at {received} of {total} bytes: try again.")


def remove_model(name: str) -> Path:
    """Delete a model of the user and return where it was. Those that ship stay.

    Raises
    ------
    ModelError
        There is none of that name, or it comes with Color Studio.
    """
    if not name:
        raise ModelError("Say which model to remove. See: colorstudio models list")
    folder = find_model(name).folder
    if folder.is_relative_to(shipped_models_dir()):
        raise ModelError(f"The model {name} comes with Color Studio and stays.")
    try:
        shutil.rmtree(folder)
    except OSError as error:
        raise ModelError(f"{folder} cannot be deleted ({error.strerror}): delete it by hand.") from error
    return folder


def _unzip(source: Path, folder: Path) -> None:
    try:
        with zipfile.ZipFile(source) as archive:
            entries = {entry.filename: entry for entry in archive.infolist()}
            if DESCRIPTION_FILE not in entries:
                raise ModelError(f"{source} is no model: it has no {DESCRIPTION_FILE} at its top.")
            _extract(archive, entries[DESCRIPTION_FILE], folder)
            wanted = read_descriptor(folder).weights_file
            for name in (wanted, _CARD):
                if name in entries:
                    _extract(archive, entries[name], folder)
    except (zipfile.BadZipFile, zlib.error, RuntimeError, OSError, EOFError) as error:
        raise ModelError(f"{source} is no zip that can be read ({error}): fetch it again.") from error


def _extract(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, folder: Path) -> None:
    if entry.file_size > _LARGEST_BYTES:
        raise ModelError(f"{entry.filename} in {archive.filename} is too large: that is no model of ours.")
    # A name from a list of ours, never a path from the archive.
    with archive.open(entry) as packed, (folder / entry.filename).open("wb") as file:
        shutil.copyfileobj(packed, file)


def _checked(folder: Path, source: Path) -> ModelDescriptor:
    descriptor = read_descriptor(folder)
    if (
        not descriptor.name
        or Path(descriptor.name).name != descriptor.name
        or descriptor.name.startswith(".")
    ):
        raise ModelError(
            f"{source} names its model {descriptor.name!r}: a name has no slashes and starts with no dot."
        )
    if not descriptor.weights_path.is_file():
        raise ModelError(f"{source} has no weights {descriptor.weights_file}: fetch the model again.")
    with descriptor.weights_path.open("rb") as weights:
        if hashlib.file_digest(weights, "sha256").hexdigest() != descriptor.weights_sha256:
            raise ModelError(f"The weights in {source} are damaged: fetch the model again.")
    return descriptor
