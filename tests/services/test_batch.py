from __future__ import annotations

import errno
import json
from pathlib import Path

import numpy as np
import pytest
import tifffile
from PIL import Image

from colorstudio.document.document import Document, Settings
from colorstudio.errors import (
    ColorStudioError,
    DeviceError,
    PhotoReadError,
    PhotoWriteError,
)
from colorstudio.imaging import atomic
from colorstudio.imaging.luminance import luminance_of_pixels
from colorstudio.imaging.reading import read_photo
from colorstudio.imaging.writing import WriteOptions
from colorstudio.progress import Cancelled, ProgressToken
from colorstudio.services.batch import BatchOptions, JobReport, peak_memory_bytes, run_job
from colorstudio.services.colorizing import ColorizingService
from colorstudio.services.exporting import export_before_after, export_document, make_folder_of
from colorstudio.services.planning import Job, plan_jobs


def _gray(path: Path, rows: int = 40, cols: int = 56, dtype: type = np.uint8) -> Path:
    rng = np.random.default_rng(rows * 31 + cols)
    ramp = np.linspace(0, 1, rows * cols).reshape(rows, cols)
    pixels = np.rint(np.clip(ramp + rng.normal(0, 0.03, ramp.shape), 0, 1) * np.iinfo(dtype).max).astype(
        dtype
    )
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.suffix == ".tif":
        tifffile.imwrite(path, pixels)
    else:
        Image.fromarray(pixels).save(path)
    return path


@pytest.fixture
def service(small_model: str) -> ColorizingService:
    return ColorizingService()


def _run(job: Job, service: ColorizingService, **options: object) -> JobReport:
    token = options.pop("token", None)
    settings = Settings(saturation=float(options.pop("saturation", 1.0)))  # type: ignore[arg-type]
    write = WriteOptions(**options)  # type: ignore[arg-type]
    common = BatchOptions(settings, write, device="cpu", working_size_px=64)
    return run_job(job, service, common, token)  # type: ignore[arg-type]


def test_a_photo_is_coloured_into_its_file(tmp_path: Path, service: ColorizingService) -> None:
    source = _gray(tmp_path / "a.png")
    report = _run(Job(source, tmp_path / "new" / "deep" / "a.png"), service)
    written = read_photo(tmp_path / "new" / "deep" / "a.png")
    assert written.shape == (40, 56)
    assert written.pixels.ndim == 3
    assert np.abs(luminance_of_pixels(written.pixels) - read_photo(source).luminance).max() < 0.6
    assert report.output == str(tmp_path / "new" / "deep" / "a.png")
    assert (report.width, report.height, report.model, report.device) == (56, 40, "small", "cpu")
    shown = json.loads(json.dumps(report.as_json()))
    assert {"input", "output", "width", "height", "model", "device", "seconds", "peak_memory_bytes"} <= set(
        shown
    )
    assert shown["seconds"]["total"] >= shown["seconds"]["write"]


def test_saturation_0_is_gray(tmp_path: Path, service: ColorizingService) -> None:
    source = _gray(tmp_path / "a.png")
    _run(Job(source, tmp_path / "gray.png"), service, saturation=0.0)
    _run(Job(source, tmp_path / "colour.png"), service, saturation=2.0)
    gray, colour = (
        np.asarray(Image.open(tmp_path / f"{n}.png").convert("RGB")).astype(int) for n in ("gray", "colour")
    )
    assert np.ptp(gray, axis=2).max() == 0
    assert np.ptp(colour, axis=2).max() > 0


@pytest.mark.parametrize(("suffix", "depth"), [(".png", 16), (".tif", 16), (".jpg", 8), (".webp", 8)])
def test_depth_and_size_are_kept_where_the_format_can(
    tmp_path: Path, service: ColorizingService, suffix: str, depth: int
) -> None:
    source = _gray(tmp_path / "deep.png", 33, 47, np.uint16)
    assert read_photo(source).bit_depth == 16
    _run(Job(source, tmp_path / f"out{suffix}"), service)
    written = read_photo(tmp_path / f"out{suffix}")
    assert written.shape == (33, 47)
    assert written.bit_depth == depth


@pytest.mark.parametrize("shape", [(1, 1), (1, 700), (37, 53)])
def test_odd_shapes_go_all_the_way(
    tmp_path: Path, service: ColorizingService, shape: tuple[int, int]
) -> None:
    source = _gray(tmp_path / "odd.png", *shape)
    _run(Job(source, tmp_path / "out.png"), service)
    assert read_photo(tmp_path / "out.png").shape == shape


def _listing(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()
    }


@pytest.mark.parametrize("overwrite", [False, True])
def test_nothing_is_written_over_the_photo(
    tmp_path: Path, service: ColorizingService, overwrite: bool
) -> None:
    source = _gray(tmp_path / "a.png")
    (tmp_path / "link.png").symlink_to(source)
    (tmp_path / "hard.png").hardlink_to(source)
    before = _listing(tmp_path)
    for target in ("a.png", "link.png", "hard.png", "../" + tmp_path.name + "/a.png"):
        with pytest.raises(PhotoWriteError):
            _run(Job(source, tmp_path / target), service, overwrite=overwrite)
    assert _listing(tmp_path) == before


def test_nothing_is_written_over_another_photo_of_the_batch(
    tmp_path: Path, service: ColorizingService
) -> None:
    inputs = [_gray(tmp_path / "a.png"), _gray(tmp_path / "a-colour.png", 20, 20)]
    before = _listing(tmp_path)
    first, second = plan_jobs(inputs).jobs
    assert first.target == inputs[1]
    with pytest.raises(PhotoWriteError, match="a photo that was read"):
        _run(first, service, overwrite=True)
    assert _listing(tmp_path) == before
    _run(second, service)
    assert _listing(tmp_path).items() > before.items()


@pytest.mark.parametrize(
    ("target", "said"),
    [("there.png", "exists already"), ("new.xyz", "suffix"), ("there.png/new.png", "not a folder")],
)
def test_targets_that_cannot_be_are_told_and_nothing_is_left(
    tmp_path: Path, service: ColorizingService, target: str, said: str
) -> None:
    source = _gray(tmp_path / "a.png")
    (tmp_path / "there.png").write_bytes(b"mine")
    before = _listing(tmp_path)
    with pytest.raises(PhotoWriteError, match=said) as caught:
        _run(Job(source, tmp_path / target), service)
    assert target in str(caught.value)
    assert "\n" not in str(caught.value)
    assert _listing(tmp_path) == before


def test_existing_output_is_noticed_before_the_work(tmp_path: Path) -> None:
    source = _gray(tmp_path / "a.png")
    (tmp_path / "out.png").write_bytes(b"mine")
    with pytest.raises(PhotoWriteError, match="exists already"):
        _run(Job(source, tmp_path / "out.png"), None)  # type: ignore[arg-type]


def test_overwrite_replaces_an_output(tmp_path: Path, service: ColorizingService) -> None:
    source = _gray(tmp_path / "a.png")
    (tmp_path / "out.png").write_bytes(b"old")
    _run(Job(source, tmp_path / "out.png"), service, overwrite=True)
    assert read_photo(tmp_path / "out.png").shape == (40, 56)


def test_unreadable_photos_are_told(tmp_path: Path, service: ColorizingService) -> None:
    (tmp_path / "zero.jpg").touch()
    for name in ("zero.jpg", "missing.jpg"):
        with pytest.raises(PhotoReadError, match=name):
            _run(Job(tmp_path / name, tmp_path / "out.png"), service)
    assert not (tmp_path / "out.png").exists()


@pytest.mark.parametrize("at", [0.0, 0.3, 0.7])
def test_cancelled_leaves_nothing(tmp_path: Path, service: ColorizingService, at: float) -> None:
    source = _gray(tmp_path / "in" / "a.png")

    def stop(fraction: float, _: str) -> None:
        if fraction >= at:
            token.cancel()

    token = ProgressToken(stop)
    with pytest.raises(Cancelled):
        _run(Job(source, tmp_path / "out.png"), service, token=token)
    assert list(_listing(tmp_path)) == ["in/a.png"]


@pytest.mark.parametrize(
    "error",
    [KeyboardInterrupt(), OSError(errno.ENOSPC, "No space left on device")],
    ids=["ctrl-c", "full disk"],
)
def test_interrupted_while_writing_leaves_what_was_there(
    tmp_path: Path, service: ColorizingService, monkeypatch: pytest.MonkeyPatch, error: BaseException
) -> None:
    source = _gray(tmp_path / "a.png")
    (tmp_path / "out.png").write_bytes(b"before")
    before = _listing(tmp_path)

    def fail(_: int) -> None:
        raise error

    monkeypatch.setattr(atomic.os, "fsync", fail)
    with pytest.raises((KeyboardInterrupt, PhotoWriteError)):
        _run(Job(source, tmp_path / "out.png"), service, overwrite=True)
    assert _listing(tmp_path) == before


def test_no_memory_to_composite_is_one_sentence(
    tmp_path: Path, service: ColorizingService, monkeypatch: pytest.MonkeyPatch
) -> None:
    def composite(*_: object, **__: object) -> None:
        raise MemoryError

    monkeypatch.setattr("colorstudio.services.exporting.composite", composite)
    source = _gray(tmp_path / "a.png")
    with pytest.raises(DeviceError, match="not enough memory to colour"):
        _run(Job(source, tmp_path / "out.png"), service)


# -- export -----------------------------------------------------------------------------------------


def test_export_at_another_depth(tmp_path: Path, service: ColorizingService) -> None:
    document = Document(read_photo(_gray(tmp_path / "a.png")))
    colouring = service.colorize(document, working_size_px=64)
    export_document(document, colouring, tmp_path / "16.tif", WriteOptions(bit_depth=16))
    assert read_photo(tmp_path / "16.tif").bit_depth == 16


def test_before_and_after_stand_side_by_side(tmp_path: Path, service: ColorizingService) -> None:
    document = Document(read_photo(_gray(tmp_path / "a.png")), Settings(saturation=2.0))
    colouring = service.colorize(document, working_size_px=64)
    pair = np.asarray(
        Image.open(export_before_after(document, colouring, tmp_path / "pair.png")).convert("RGB")
    )
    assert pair.shape[0] == 40
    assert pair.shape[1] > 2 * 56
    assert np.ptp(pair[:, :56].astype(int), axis=2).max() == 0
    assert np.ptp(pair[:, -56:].astype(int), axis=2).max() > 0
    export_document(document, colouring, tmp_path / "after.png")
    after = np.asarray(Image.open(tmp_path / "after.png").convert("RGB"))
    assert np.array_equal(pair[:, -56:], after)


def test_folders_are_made_or_refused_in_words(tmp_path: Path) -> None:
    make_folder_of(tmp_path / "x" / "y" / "z.png")
    assert (tmp_path / "x" / "y").is_dir()
    make_folder_of(tmp_path / "x" / "y" / "z.png")
    (tmp_path / "file").touch()
    for target in ("file/a.png", "file/deep/a.png"):
        with pytest.raises(ColorStudioError, match=r"is not a folder"):
            make_folder_of(tmp_path / target)


def test_peak_memory_is_that_of_a_process_with_torch() -> None:
    peak = peak_memory_bytes()
    assert peak is None or 50e6 < peak < 100e9
