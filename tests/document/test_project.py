"""Projects: what goes in comes out, whoever wrote it, and nonsense is told in words."""

from __future__ import annotations

import io
import json
import math
import warnings
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from colorstudio.document import project as module
from colorstudio.document.document import DocumentState, Settings
from colorstudio.document.preparation import Crop, Levels, Preparation
from colorstudio.document.project import (
    SCHEMA,
    Project,
    SourceFile,
    is_project,
    read_preview,
    read_project,
    write_project,
)
from colorstudio.document.strokes import Cut, Stroke
from colorstudio.errors import ColorStudioError, PhotoWriteError, ProjectReadError

STROKES = (
    Stroke(((1.5, 2.25), (3.0, -4.0)), 6.0, "colour", (200, 30, 10), radii_px=(2.0, 6.0)),
    Stroke(((10.0, 10.0),), 3.0, "neutral", cuts=(Cut(((9.0, 9.0),), 1.0),)),
    Stroke((), 0.0, "keep", runs=((4, 1, 9), (5, 2, 3))),
)
STATE = DocumentState(
    Settings("studio-2", 1.25, "scribbles", math.inf, 0.35),
    STROKES,
    Preparation(3, -2.5, Crop(1, 2, 30, 40), Levels(3.0, 97.5, 1.2)),
)
PROJECT = Project(STATE, SourceFile("Größe 1.jpg", bytes(range(256)) * 5), b"\x89PNG preview")


@pytest.fixture
def project(tmp_path: Path) -> Path:
    path = tmp_path / "family.colorstudio"
    write_project(path, PROJECT)
    return path


def entries_of(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as archive:
        return {info.filename: archive.read(info) for info in archive.infolist()}


def write_zip(path: Path, entries: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> Path:
    with zipfile.ZipFile(path, "w", method) as archive:
        for name, data in entries.items():
            archive.writestr(name, data)
    return path


@pytest.fixture
def changed(project: Path) -> Callable[..., Path]:
    """The project with its manifest changed."""

    def change(**changes: Any) -> Path:
        entries = entries_of(project)
        manifest = {**json.loads(entries["manifest.json"]), **changes}
        entries["manifest.json"] = json.dumps(
            {key: value for key, value in manifest.items() if value is not ...}
        ).encode()
        return write_zip(project, entries)

    return change


def test_what_goes_in_comes_out(project: Path) -> None:
    read = read_project(project)
    assert read.state == STATE
    assert read.source == PROJECT.source
    assert read.preview == PROJECT.preview == read_preview(project)
    assert read.program.startswith("Color Studio ")


def test_it_is_a_plain_zip_with_the_photo_in_it(project: Path) -> None:
    entries = entries_of(project)
    assert list(entries) == ["manifest.json", "preview.png", "source.jpg"]
    assert entries["source.jpg"] == PROJECT.source.data
    manifest = json.loads(entries["manifest.json"])
    assert manifest["schema"] == SCHEMA
    assert manifest["source"] == {"entry": "source.jpg", "name": "Größe 1.jpg"}
    assert manifest["settings"]["reach"] == "inf"
    assert len(manifest["strokes"]) == 3
    # As a file in the folder: the photo is found without unpacking.
    assert PROJECT.source.data in project.read_bytes()


def test_a_project_of_nothing_but_a_photo(tmp_path: Path) -> None:
    path = tmp_path / "plain.colorstudio"
    write_project(path, Project(DocumentState(), SourceFile("scan", b"photo")))
    read = read_project(path)
    assert read.state == DocumentState()
    assert (read.source.name, read.preview) == ("scan", b"")
    assert read_preview(path) == b""


def test_names_carry_no_folders(changed: Callable[..., Path]) -> None:
    path = changed(source={"entry": "source.jpg", "name": "../../etc/pass\nwd\x00.jpg"})
    assert read_project(path).source.name == "passwd.jpg"


def test_a_failed_save_leaves_the_old_file(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = project.read_bytes()

    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(zipfile.ZipFile, "writestr", full)
    with pytest.raises(PhotoWriteError, match="full"):
        write_project(project, PROJECT)
    assert project.read_bytes() == before
    assert list(project.parent.iterdir()) == [project]


def test_the_ending_is_the_sign() -> None:
    assert is_project(Path("a/Oma.COLORSTUDIO"))
    assert not is_project(Path("colorstudio"))


# -- older and newer versions ---------------------------------------------------------------------------


def test_version_1_is_read(tmp_path: Path) -> None:
    manifest = {
        "schema": 1,
        "program": "Color Studio 0.1",
        "name": "Oma.tif",
        "source": "source.tif",
        "settings": {"model": "", "saturation": 0.5, "mode": "network", "reach": 0.1},
        "strokes": [{"points": [[1, 2], [3, 4]], "radius_px": 4.0, "rgb": [1, 2, 3]}],
    }
    path = write_zip(
        tmp_path / "old.colorstudio",
        {"manifest.json": json.dumps(manifest).encode(), "source.tif": b"old photo"},
    )
    read = read_project(path)
    assert read.state.settings == Settings("", 0.5, "network", 0.1, vividness=0.0)
    assert read.state.strokes == (Stroke(((1, 2), (3, 4)), 4.0, "colour", (1, 2, 3)),)
    assert read.state.preparation == Preparation()
    assert read.source == SourceFile("Oma.tif", b"old photo")


def test_a_project_from_before_the_vividness_looks_as_it_did(changed: Callable[..., Path]) -> None:
    path = changed(settings={"model": "", "saturation": 1.0, "mode": "hybrid", "reach": None})
    assert read_project(path).state.settings == Settings(vividness=0.0)
    path = changed(settings={"vividness": None})
    assert read_project(path).state.settings == Settings()


@pytest.mark.parametrize("vividness", [1.5, -1, "0.5", True, [0.5]])
def test_a_vividness_that_is_none_is_refused(changed: Callable[..., Path], vividness: object) -> None:
    with pytest.raises(ProjectReadError, match="family"):
        read_project(changed(settings={"vividness": vividness}))


def test_the_smoothing_is_kept_and_was_none_before_there_was_any(changed: Callable[..., Path]) -> None:
    assert read_project(changed(settings={"smoothing": "crf"})).state.settings.smoothing == "crf"
    assert read_project(changed(settings={"vividness": None})).state.settings.smoothing == "none"


@pytest.mark.parametrize("smoothing", ["soft", 1, None, ["tv"]])
def test_a_smoothing_that_is_none_is_refused(changed: Callable[..., Path], smoothing: object) -> None:
    with pytest.raises(ProjectReadError, match="family"):
        read_project(changed(settings={"smoothing": smoothing}))


def test_each_older_version_has_its_migration() -> None:
    assert sorted(module._MIGRATIONS) == list(range(1, SCHEMA))


def test_a_newer_version_says_what_to_do(changed: Callable[..., Path]) -> None:
    path = changed(schema=SCHEMA + 1, program="Color Studio 9", settings=7)
    with pytest.raises(ProjectReadError, match=r"family.*written by Color Studio 9.*update"):
        read_project(path)


# -- from a stranger ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "changes",
    [
        {"schema": ...},
        {"schema": "2"},
        {"schema": True},
        {"schema": 0},
        {"source": ...},
        {"source": "source.jpg"},
        {"source": {"entry": "other.jpg", "name": "a"}},
        {"source": {"entry": "source.jpg", "name": 5}},
        {"source": {"entry": ["source.jpg"], "name": "a"}},
        {"settings": ...},
        {"settings": []},
        {"settings": {"model": 5}},
        {"settings": {"model": "x" * 1000}},
        {"settings": {"saturation": 9}},
        {"settings": {"saturation": True}},
        {"settings": {"saturation": 1e400}},
        {"settings": {"mode": "magic"}},
        {"settings": {"reach": -1}},
        {"settings": {"reach": "far"}},
        {"preparation": []},
        {"preparation": {"quarter_turns": 1.5}},
        {"preparation": {"quarter_turns": 7}},
        {"preparation": {"straighten_degrees": "a little"}},
        {"preparation": {"straighten_degrees": 400}},
        {"preparation": {"crop": [1, 2, 3, 4]}},
        {"preparation": {"crop": {"top": 0, "left": 0, "height": 5}}},
        {"preparation": {"crop": {"top": 0, "left": 0, "height": 0, "width": 5}}},
        {"preparation": {"crop": {"top": 0, "left": 0, "height": 1e3, "width": 5}}},
        {"preparation": {"levels": {"black": 90, "white": 10, "gamma": 1}}},
        {"strokes": ...},
        {"strokes": [{"points": [[1e9, 0]], "radius_px": 1, "keep": True}]},
        {"strokes": [{"points": [[0, 0]], "radius_px": 1, "shell": "rm"}]},
    ],
    ids=str,
)
def test_a_manifest_that_is_none(changed: Callable[..., Path], changes: dict[str, Any]) -> None:
    path = changed(**changes)
    with pytest.raises(ProjectReadError, match="family") as error:
        read_project(path)
    assert "another copy" in str(error.value)


@pytest.mark.parametrize(
    "text",
    [b"", b"{", b"[]", b'{"schema": NaN}', b"[" * 200_000, b"\xff\xfe", b'{"schema": ' + b"9" * 9999 + b"}"],
    ids=lambda text: repr(text[:20]),
)
def test_a_manifest_that_is_no_json(project: Path, text: bytes) -> None:
    write_zip(project, {**entries_of(project), "manifest.json": text})
    with pytest.raises(ProjectReadError, match="family"):
        read_project(project)


@pytest.mark.parametrize(
    "entries",
    [
        {},
        {"readme.txt": b"hello"},
        {"../manifest.json": b"{}"},
        {"/etc/passwd": b"x"},
        {"a\\b": b"x"},
        {"C:x": b"x"},
        {"folder/manifest.json": b"{}"},
        {f"{number}": b"" for number in range(module.MAX_ENTRIES + 1)},
    ],
    ids=lambda entries: ",".join(list(entries)[:2]) or "none",
)
def test_a_zip_that_is_no_project(tmp_path: Path, entries: dict[str, bytes]) -> None:
    path = write_zip(tmp_path / "odd.colorstudio", entries)
    with pytest.raises(ProjectReadError, match="odd"):
        read_project(path)


def test_two_entries_of_one_name(project: Path) -> None:
    with zipfile.ZipFile(project, "a") as archive, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        archive.writestr("manifest.json", b"{}")
    with pytest.raises(ProjectReadError, match="two files of one name"):
        read_project(project)


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_other_ways_of_packing_are_refused(project: Path, method: int) -> None:
    write_zip(project, entries_of(project), method)
    with pytest.raises(ProjectReadError, match="packed"):
        read_project(project)


def test_a_bomb_is_not_unpacked(project: Path) -> None:
    entries = entries_of(project)
    write_zip(project, {**entries, "source.jpg": bytes(20_000_000)})
    with pytest.raises(ProjectReadError, match="larger than"):
        read_project(project)
    # What a zip program makes of a photo that was not compressed is welcome.
    photo = bytes(range(256)) * 4000
    write_zip(project, {**entries, "source.jpg": photo})
    assert read_project(project).source.data == photo


def test_a_size_that_is_a_lie(project: Path) -> None:
    """The directory promises less than there is, so that the limit would not bite."""
    write_zip(project, {**entries_of(project), "source.jpg": bytes(20_000_000)})
    data = bytearray(project.read_bytes())
    at = data.rfind(b"source.jpg") - 46
    assert data[at : at + 4] == b"PK\x01\x02"
    data[at + 24 : at + 28] = (1000).to_bytes(4, "little")
    project.write_bytes(data)
    with pytest.raises(ProjectReadError, match="damaged"):
        read_project(project)


def test_a_preview_that_is_too_large(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MAX_PREVIEW_BYTES", 4)
    with pytest.raises(ProjectReadError, match=r"preview\.png is larger"):
        read_preview(project)


def test_an_encrypted_project(project: Path) -> None:
    data = bytearray(project.read_bytes())
    at = data.find(b"PK\x01\x02")
    data[at + 8] |= 1
    project.write_bytes(data)
    with pytest.raises(ProjectReadError, match="encrypted"):
        read_project(project)


def test_a_directory_of_many_is_not_even_looked_at(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    data = bytearray(project.read_bytes())
    at = data.rfind(b"PK\x05\x06")
    data[at + 10 : at + 12] = b"\xff\xff"
    project.write_bytes(data)

    def never(*_: object) -> None:
        raise AssertionError("the zip was read")

    monkeypatch.setattr(zipfile, "ZipFile", never)
    with pytest.raises(ProjectReadError, match="more than a project"):
        read_project(project)


def test_a_directory_elsewhere_is_not_followed(project: Path) -> None:
    """In the larger form of a zip the directory's size stands in another record: no project needs it."""
    data = project.read_bytes()
    at = data.rfind(b"PK\x05\x06")
    project.write_bytes(data[:at] + b"PK\x06\x07" + bytes(16) + data[at:])
    with pytest.raises(ProjectReadError, match="more than a project"):
        read_project(project)


def test_missing_empty_folder_text(tmp_path: Path) -> None:
    (tmp_path / "empty.colorstudio").touch()
    (tmp_path / "folder.colorstudio").mkdir()
    (tmp_path / "text.colorstudio").write_text("this was never a project" * 10)
    for name, words in (
        ("missing", "no file"),
        ("empty", "empty"),
        ("folder", "folder"),
        ("text", "no proj"),
    ):
        with pytest.raises(ProjectReadError, match=words) as error:
            read_project(tmp_path / f"{name}.colorstudio")
        assert f"{name}.colorstudio" in str(error.value)


# -- whatever a disk may do to it -----------------------------------------------------------------------


def packed() -> bytes:
    stream = io.BytesIO()
    manifest = {
        "schema": 2,
        "source": {"entry": "source.jpg", "name": "a.jpg"},
        "settings": {"model": "", "saturation": 1.0, "mode": "hybrid", "reach": None},
        "preparation": {"quarter_turns": 1, "crop": {"top": 0, "left": 0, "height": 5, "width": 5}},
        "strokes": [{"points": [[1, 2]], "radius_px": 4.0, "rgb": [1, 2, 3]}],
    }
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("manifest.json", json.dumps(manifest))
        archive.writestr("preview.png", b"preview")
        archive.writestr("source.jpg", b"photo" * 20, zipfile.ZIP_STORED)
    return stream.getvalue()


PACKED = packed()


def read_or_refuse(path: Path, data: bytes) -> None:
    path.write_bytes(data)
    try:
        read = read_project(path)
    except ColorStudioError as error:
        assert "p.colorstudio" in str(error)
    else:
        assert read.source.data


@given(
    st.lists(
        st.tuples(st.integers(0, len(PACKED) - 1), st.integers(0, 255)), min_size=1, max_size=8, unique=True
    ),
    st.integers(0, len(PACKED)),
    st.binary(max_size=40),
)
def test_no_damage_is_a_crash(
    tmp_path_factory: pytest.TempPathFactory, changes: list[tuple[int, int]], cut: int, tail: bytes
) -> None:
    path = tmp_path_factory.getbasetemp() / "p.colorstudio"
    damaged = bytearray(PACKED)
    for at, value in changes:
        damaged[at] = value
    read_or_refuse(path, bytes(damaged))
    read_or_refuse(path, PACKED[:cut])
    read_or_refuse(path, PACKED[cut:] + tail)
    read_or_refuse(path, PACKED[:cut] + tail + PACKED[cut:])
    read_or_refuse(path, tail)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(
                ["points", "radius_px", "rgb", "keep", "crop", "levels", "top", "black", "model"]
            ),
            inner,
            max_size=4,
        )
    ),
    max_leaves=12,
)


@given(
    st.dictionaries(
        st.sampled_from(["schema", "source", "settings", "preparation", "strokes", "name"]), JSON, min_size=1
    ),
    st.sampled_from([1, 2]),
)
def test_no_manifest_is_a_crash(
    tmp_path_factory: pytest.TempPathFactory, changes: dict[str, Any], schema: int
) -> None:
    path = tmp_path_factory.getbasetemp() / "p.colorstudio"
    with zipfile.ZipFile(io.BytesIO(PACKED)) as archive:
        manifest = json.loads(archive.read("manifest.json"))
    manifest["schema"] = schema
    write_zip(path, {"manifest.json": json.dumps({**manifest, **changes}).encode(), "source.jpg": b"photo"})
    read_or_refuse(path, path.read_bytes())
