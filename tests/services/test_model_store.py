"""Adding, fetching and removing models, with small files and a server on this machine."""

from __future__ import annotations

import hashlib
import threading
import zipfile
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from colorstudio.errors import ModelError
from colorstudio.networks.descriptor import DESCRIPTION_FILE, ModelDescriptor, format_descriptor
from colorstudio.networks.registry import find_model
from colorstudio.paths import user_models_dir
from colorstudio.progress import Cancelled, ProgressToken
from colorstudio.services.model_store import add_model, fetch_model, remove_model


def _model(folder: Path, name: str = "small", weights: bytes = b"weights" * 1000) -> Path:
    folder.mkdir(parents=True)
    (folder / "weights.safetensors").write_bytes(weights)
    descriptor = ModelDescriptor(
        name=name,
        title="Small",
        description="For tests.",
        architecture="hinted",
        working_size_px=256,
        parameters=1,
        weights_file="weights.safetensors",
        weights_sha256=hashlib.sha256(weights).hexdigest(),
        folder=folder,
    )
    (folder / DESCRIPTION_FILE).write_text(format_descriptor(descriptor), encoding="utf-8")
    (folder / "README.md").write_text("A card.", encoding="utf-8")
    return folder


def _zipped(folder: Path) -> Path:
    path = folder.with_suffix(".zip")
    with zipfile.ZipFile(path, "w") as archive:
        for file in folder.iterdir():
            archive.write(file, file.name)
    return path


@pytest.fixture
def server(tmp_path: Path) -> Iterator[str]:
    """Serves `tmp_path / "served"` and gives its address."""
    (tmp_path / "served").mkdir()

    class Quiet(SimpleHTTPRequestHandler):
        def log_message(self, format: str, *args: object) -> None:  # noqa: A002
            pass

    handler = partial(Quiet, directory=str(tmp_path / "served"))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as running:
        thread = threading.Thread(target=running.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{running.server_address[1]}"
        running.shutdown()
        thread.join()


def _nothing_added() -> bool:
    return not user_models_dir().exists() or not list(user_models_dir().iterdir())


@pytest.mark.parametrize("as_zip", [False, True])
def test_added_model_is_found_and_removed(tmp_path: Path, as_zip: bool) -> None:
    source = _model(tmp_path / "source")
    added = add_model(_zipped(source) if as_zip else source)
    assert added == find_model("small")
    assert {path.name for path in added.folder.iterdir()} == {
        DESCRIPTION_FILE,
        "weights.safetensors",
        "README.md",
    }
    with pytest.raises(ModelError, match="there already"):
        add_model(source)
    assert remove_model("small") == added.folder
    assert _nothing_added()


def test_fetched_model_is_found(tmp_path: Path, server: str) -> None:
    _zipped(_model(tmp_path / "served" / "small"))
    stages: list[float] = []
    fetched = fetch_model(
        f"{server}/small.zip", token=ProgressToken(lambda fraction, _: stages.append(fraction))
    )
    assert find_model("small") == fetched
    assert stages[-1] == 1.0


@pytest.mark.parametrize(
    ("address", "message"),
    [("{server}/none.zip", "cannot be downloaded"), ("file:///etc/passwd", "not a web address")],
)
def test_what_cannot_be_fetched(server: str, address: str, message: str) -> None:
    with pytest.raises(ModelError, match=message):
        fetch_model(address.format(server=server))
    assert _nothing_added()


def test_cancelled_fetch_leaves_nothing(tmp_path: Path, server: str) -> None:
    _zipped(_model(tmp_path / "served" / "small"))
    token = ProgressToken()
    token.cancel()
    with pytest.raises(Cancelled):
        fetch_model(f"{server}/small.zip", token=token)
    assert _nothing_added()


def test_damaged_weights_are_refused(tmp_path: Path) -> None:
    source = _model(tmp_path / "source")
    (source / "weights.safetensors").write_bytes(b"other")
    with pytest.raises(ModelError, match="damaged"):
        add_model(source)
    assert _nothing_added()


def test_no_zip_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "model.zip"
    path.write_bytes(b"PK no zip at all")
    with pytest.raises(ModelError, match="no zip"):
        add_model(path)


@pytest.mark.parametrize("name", ["../escape", "", ".hidden"])
def test_names_stay_inside_the_folder(tmp_path: Path, name: str) -> None:
    with pytest.raises(ModelError, match="names its model"):
        add_model(_model(tmp_path / "source", name=name))
    assert _nothing_added()


def test_shipped_model_stays() -> None:
    with pytest.raises(ModelError, match="comes with Color Studio"):
        remove_model(find_model().name)
