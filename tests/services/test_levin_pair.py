"""Pairs of a gray picture and the same with strokes: to the letter of Levin, at any depth, and recoloured."""

from __future__ import annotations

import warnings
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
import tifffile
from numpy.typing import NDArray
from PIL import Image
from skimage import color, data

from colorstudio.errors import ColorStudioError, DeviceError, PhotoWriteError, UsageError
from colorstudio.imaging.writing import WriteOptions
from colorstudio.progress import Cancelled, ProgressToken
from colorstudio.propagation.propagator import Propagation, Propagator, Solver, Weights
from colorstudio.services.levin_pair import PairOptions, PairReport, propagate_pair

Codes = NDArray[np.uint8 | np.uint16]
Dense = Callable[..., NDArray[np.float64]]

# Levin's, written down once more.
TO_RGB = np.array([[1, 0.956, 0.621], [1, -0.272, -0.647], [1, -1.106, 1.703]])


def _yiq(rgb: np.ndarray) -> np.ndarray:
    return np.einsum("ij,...j->...i", np.linalg.inv(TO_RGB), rgb)


def _gray(depth: int = 8) -> Codes:
    """A small gray picture ``(22, 26)``."""
    unit = color.rgb2gray(data.astronaut())[8:206:9, 120:354:9]
    return np.rint(unit * (2**depth - 1)).astype(np.uint16 if depth == 16 else np.uint8)


def _marked(gray: Codes) -> Codes:
    """Three strokes in its own luminance, one of them too colourful for it."""
    most = np.iinfo(gray.dtype).max
    yiq = np.zeros((*gray.shape, 3))
    yiq[..., 0] = gray / most
    yiq[2:4, 3:12, 1:] = 0.2, 0.05
    yiq[10:12, 15:24, 1:] = -0.3, 0.1
    yiq[18, 4:20, 1:] = 0.1, -0.2
    return np.rint(_rgb(yiq) * most).astype(gray.dtype)


def _write(path: Path, codes: Codes) -> Path:
    if codes.dtype == np.uint16:
        tifffile.imwrite(path, codes)
    else:
        Image.fromarray(codes).save(path)
    return path


def _read(path: Path | str) -> NDArray[np.int64]:
    codes = tifffile.imread(path) if str(path).endswith(".tif") else np.asarray(Image.open(path))
    return codes.astype(np.int64)


class Pair:
    """A folder with a gray and a marked picture, and the call."""

    def __init__(self, folder: Path, gray: Codes, marked: Codes) -> None:
        suffixes = [".tif" if codes.dtype == np.uint16 else ".png" for codes in (gray, marked)]
        self.gray = _write(folder / f"gray{suffixes[0]}", gray)
        self.marked = _write(folder / f"marked{suffixes[1]}", marked)
        self.target = folder / f"out{suffixes[0]}"

    def run(self, *, overwrite: bool = False, **options: object) -> PairReport:
        pair = PairOptions(**options)  # pyright: ignore[reportArgumentType]
        return propagate_pair(
            self.gray, self.marked, self.target, pair, WriteOptions(overwrite=overwrite), ProgressToken()
        )

    def codes(self, **options: object) -> NDArray[np.int64]:
        return _read(self.run(overwrite=True, **options).output)


@pytest.fixture
def pair(tmp_path: Path) -> Pair:
    return Pair(tmp_path, _gray(), _marked(_gray()))


def _rgb(yiq: np.ndarray) -> np.ndarray:
    """As MATLAB's ntsc2rgb: nothing below 0, and a pixel with a channel above 1 scaled as a whole."""
    rgb = np.maximum(np.einsum("ij,...j->...i", TO_RGB, yiq), 0)
    return rgb / np.maximum(rgb.max(axis=-1, keepdims=True), 1)


def _of_levin(gray: np.ndarray, marked: np.ndarray, solve: Dense, weights: Weights) -> np.ndarray:
    """What the published program gives for ``(H, W, 3)`` pictures in [0, 1]."""
    mask = np.abs(gray - marked).sum(axis=2) > 0.01
    Y = _yiq(gray)[..., 0]
    chroma = solve(Y, mask, _yiq(marked)[..., 1:], weights)
    return _rgb(np.concatenate([Y[..., None], chroma], axis=2))


# -- as published ------------------------------------------------------------------------------------


@pytest.mark.parametrize("weights", ["levin", "symmetric"])
@pytest.mark.parametrize(("solver", "codes"), [("exact", 1), ("fast", 2)])
def test_to_the_letter(
    pair: Pair, dense_solution: Dense, weights: Weights, solver: Solver, codes: int
) -> None:
    gray = np.repeat(_gray()[..., None] / 255, 3, axis=2)
    expected = _of_levin(gray, _marked(_gray()) / 255, dense_solution, weights) * 255
    assert (expected == 0).any()  # what does not fit is cut off
    found = pair.codes(weights=weights, solver=solver)
    assert np.abs(found - expected).max() <= codes
    assert np.abs(found - expected).mean() < 0.4
    assert np.ptp(found, axis=2).mean() > 10  # it is in colour


def test_a_tinted_picture_gives_its_luminance_and_its_scribbles(
    tmp_path: Path, dense_solution: Dense
) -> None:
    """Levin takes Y of whatever the gray picture is, and its strokes are what differs from that."""
    sepia = np.clip(_gray()[..., None] * (1.0, 0.9, 0.75), 0, 255).astype(np.uint8)
    marked = sepia.copy()
    marked[4:7, 5:20] = (200, 60, 40)
    expected = _of_levin(sepia / 255, marked / 255, dense_solution, "levin") * 255
    found = Pair(tmp_path, sepia, marked).codes(solver="exact")
    assert np.abs(found - expected).max() <= 1


def test_defaults_are_as_published(pair: Pair) -> None:
    found = pair.codes()
    np.testing.assert_array_equal(found, pair.codes(space="yiq", weights="levin", solver="fast"))
    assert np.abs(found - pair.codes(weights="symmetric")).max() > 2
    assert np.abs(found - pair.codes(space="lab")).max() > 2


# -- depth -------------------------------------------------------------------------------------------


def test_sixteen_bits_count_and_are_kept(tmp_path: Path, dense_solution: Dense) -> None:
    """Steps that no 8 bits show hold colours apart."""
    gray = _gray(16) // 2 + 16000
    gray[:, 13:] = gray[:, :13] + 220
    gray[:, :13] = gray[:, :1]
    gray[:, 13:] = gray[:, :1] + 220
    marked = np.repeat(gray[..., None], 3, axis=2)
    marked[5:15, 2, 0] += 9000
    marked[5:15, 22, 2] += 9000
    pair = Pair(tmp_path, gray, marked)
    rgb = np.repeat(gray[..., None] / 65535, 3, axis=2)
    expected = _of_levin(rgb, marked / 65535, dense_solution, "levin") * 65535
    report = pair.run(solver="exact")
    assert tifffile.imread(report.output).dtype == np.uint16
    assert np.abs(_read(report.output) - expected).max() <= 1
    eight = Pair(tmp_path, (gray // 257).astype(np.uint8), (marked // 257).astype(np.uint8))
    assert np.abs(eight.codes(solver="exact") * 257 - expected).max() > 1000


def test_strokes_of_8_bits_on_a_photo_of_16(tmp_path: Path) -> None:
    deep = _gray(16)
    rounded = np.rint(deep / 257).astype(np.uint8)
    mixed = Pair(tmp_path, deep, _marked(rounded))
    report = mixed.run(solver="exact")
    assert report.notes == ()
    assert tifffile.imread(report.output).dtype == np.uint16
    (tmp_path / "8").mkdir()
    shallow = Pair(tmp_path / "8", rounded, _marked(rounded)).codes(solver="exact")
    assert np.abs(_read(report.output) / 257 - shallow).mean() < 2


# -- the studio's own space --------------------------------------------------------------------------


@pytest.mark.parametrize("solver", ["exact", "fast"])
def test_lab_keeps_the_luminance(pair: Pair, dense_solution: Dense, solver: Solver) -> None:
    found = color.rgb2lab(pair.codes(space="lab", weights="symmetric", solver=solver) / 255)
    gray = np.repeat(_gray()[..., None], 3, axis=2)
    marked = _marked(_gray())
    lightness = color.rgb2lab(gray / 255)[..., 0]
    assert np.abs(found[..., 0] - lightness).max() < 0.6
    mask = np.abs(gray / 255 - marked / 255).sum(axis=2) > 0.01
    chroma = dense_solution(lightness / 100, mask, color.rgb2lab(marked / 255)[..., 1:], "symmetric")
    with warnings.catch_warnings(action="ignore"):  # of colours that do not fit
        rgb = color.lab2rgb(np.concatenate([lightness[..., None], chroma], axis=2))
    fits = ((rgb > 0.01) & (rgb < 0.99)).all(axis=2)
    assert fits.mean() > 0.5
    assert np.abs(found[..., 1:] - chroma)[fits].max() < 2  # 8 bits are as coarse as this in the dark
    assert np.abs(found[..., 1:] - chroma)[fits].mean() < 0.5


# -- recolouring -------------------------------------------------------------------------------------


def _colour() -> NDArray[np.uint8]:
    return np.ascontiguousarray(data.astronaut()[8:206:9, 120:354:9])


@pytest.mark.parametrize("space", ["yiq", "lab"])
def test_white_strokes_alone_change_nothing(tmp_path: Path, space: str) -> None:
    marked = _colour()
    marked[5:9, 3:20] = 255
    pair = Pair(tmp_path, _colour(), marked)
    assert np.abs(pair.codes(recolor=True, space=space) - _colour()).max() <= 1
    assert np.abs(pair.codes(recolor=False, space=space).astype(int) - _colour()).max() > 50


@pytest.mark.parametrize(("solver", "codes"), [("exact", 1), ("fast", 2)])
def test_recolouring_propagates_the_change(
    tmp_path: Path, dense_solution: Dense, solver: Solver, codes: int
) -> None:
    photo, marked = _colour(), _colour()
    marked[3:5, 4:20] = (30, 90, 160)
    marked[12:14, 4:22] = 255
    marked[12, 4] = 251  # the edge of a soft brush
    expected = _yiq(photo / 255)
    change = _yiq(marked / 255)[..., 1:] - expected[..., 1:]
    change[12:14, 4:22] = 0
    mask = np.abs(photo / 255.0 - marked / 255.0).sum(axis=2) > 0.01
    expected[..., 1:] += dense_solution(expected[..., 0], mask, change)
    wanted = _rgb(expected) * 255
    found = Pair(tmp_path, photo, marked).codes(recolor=True, solver=solver)
    assert np.abs(found - wanted).max() <= codes
    assert np.abs(found[12:14, 4:22] - photo[12:14, 4:22]).max() <= codes
    assert np.abs(found[3:5, 4:20] - photo[3:5, 4:20]).max() > 40


# -- what is told ------------------------------------------------------------------------------------


def test_the_report(pair: Pair) -> None:
    report = pair.run(space="lab", weights="symmetric", solver="exact")
    assert (report.input, report.marked, report.output) == tuple(
        str(path) for path in (pair.gray, pair.marked, pair.target)
    )
    assert (report.width, report.height) == (26, 22)
    assert (report.space, report.weights, report.solver) == ("lab", "symmetric", "exact")
    assert (report.iterations, report.converged, report.notes) == (0, True, ())
    stages = dict(report.seconds)
    assert stages.keys() == {"read", "prepare", "propagation", "write", "total"}
    assert stages.pop("total") == pytest.approx(sum(stages.values()))


def test_notes_fit_what_is_done(tmp_path: Path) -> None:
    marked = _colour()
    marked[3:5, 4:20] = (30, 90, 160)
    pair = Pair(tmp_path, _colour(), marked)
    (note,) = pair.run().notes
    assert "in colour already" in note
    assert pair.run(overwrite=True, recolor=True).notes == ()


def test_a_copy_that_differs_all_over_is_told(tmp_path: Path) -> None:
    noisy = np.repeat(_gray()[..., None], 3, axis=2).astype(int)
    noisy += np.random.default_rng(0).integers(-3, 4, noisy.shape)
    (note,) = Pair(tmp_path, _gray(), np.clip(noisy, 0, 255).astype(np.uint8)).run().notes
    assert "marked.png differs" in note
    assert "PNG or TIFF" in note


def test_what_the_solver_says_is_passed_on(pair: Pair, monkeypatch: pytest.MonkeyPatch) -> None:
    best = Propagation(np.zeros((22, 26, 2), np.float32), 99, False, 3.0, 0.1, ("It stopped early.",))
    monkeypatch.setattr(Propagator, "solve", lambda *_, **__: best)
    report = pair.run()
    assert (report.iterations, report.converged, report.notes) == (99, False, ("It stopped early.",))


# -- what is refused ---------------------------------------------------------------------------------


def _refused(pair: Pair, kind: type[ColorStudioError], said: str, **options: bool) -> None:
    folder = pair.gray.parent
    before = {path: path.read_bytes() for path in folder.iterdir()}
    with pytest.raises(kind, match=said):
        pair.run(**options)
    assert {path: path.read_bytes() for path in folder.iterdir()} == before


def test_a_pair_that_is_none_is_refused(tmp_path: Path) -> None:
    gray = _gray()
    _refused(Pair(tmp_path, gray, gray), UsageError, "marked.png has no scribbles")
    _refused(Pair(tmp_path, gray, _marked(gray)[:-1]), UsageError, "marked.png has 26 x 21 pixels")
    _refused(Pair(tmp_path, gray, _marked(gray).transpose(1, 0, 2)), UsageError, "at its own size")


@pytest.mark.parametrize("overwrite", [False, True])
def test_inputs_are_never_written_over(pair: Pair, overwrite: bool) -> None:
    link = pair.gray.with_name("link.png")
    link.hardlink_to(pair.marked)
    for target in (pair.gray, pair.marked, *([link] if overwrite else [])):
        pair.target = target
        _refused(pair, PhotoWriteError, "a photo that was read", overwrite=overwrite)


def test_other_files_are_written_over_if_allowed(pair: Pair) -> None:
    pair.target.write_bytes(b"mine")
    _refused(pair, PhotoWriteError, "exists already")
    pair.run(overwrite=True)
    assert _read(pair.target).shape == (22, 26, 3)


def test_a_target_is_refused_before_the_work(pair: Pair, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(Propagator, "solve")
    pair.target = pair.target.with_suffix(".bmp")
    _refused(pair, PhotoWriteError, "'.bmp' names no format")


def test_no_memory_is_told(pair: Pair, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise MemoryError

    monkeypatch.setattr(Propagator, "solve", fail)
    _refused(pair, DeviceError, r"not enough memory to colour .*gray\.png")


def test_cancelling_leaves_nothing(pair: Pair) -> None:
    token = ProgressToken(lambda _, stage: token.cancel() if stage == "Composing the picture" else None)
    with pytest.raises(Cancelled):
        propagate_pair(pair.gray, pair.marked, pair.target, PairOptions(), WriteOptions(), token)
    assert not pair.target.exists()
