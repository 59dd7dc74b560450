"""Strokes out as pictures and in again."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image
from scipy import ndimage

from colorstudio.document.document import Document
from colorstudio.document.preparation import Crop, Preparation, prepare
from colorstudio.document.strokes import Cut, Stroke
from colorstudio.errors import ColorStudioError, PhotoReadError, PhotoWriteError, UsageError
from colorstudio.imaging.photo import Photo, PhotoKind
from colorstudio.imaging.reading import read_photo
from colorstudio.imaging.writing import WriteOptions, write_photo
from colorstudio.progress import Cancelled, ProgressToken
from colorstudio.propagation.constraints import Constraints
from colorstudio.services import stroke_layers
from colorstudio.services.levin_pair import PairOptions, propagate_pair
from colorstudio.services.painting import PaintedColours, painted_by_strokes, painted_on_copy
from colorstudio.services.picture_strokes import MOST_AREAS, FoundStrokes, strokes_of_pixels
from colorstudio.services.stroke_layers import (
    export_levin_pair,
    export_stroke_layer,
    import_levin_pair,
    import_stroke_layer,
)

SHAPE = (90, 120)
AGAIN = WriteOptions(overwrite=True)
STROKES = (
    Stroke(((10, 10), (15, 50)), 3, "colour", (200, 40, 30), cuts=(Cut(((12, 30),), 4),)),
    Stroke(((30, 10), (30, 60), (40, 60)), 4, "colour", (40, 60, 190), radii_px=(1, 4, 5)),
    Stroke(((30, 30), (50, 30)), 2, "colour", (90, 140, 60)),
    Stroke(((60, 10), (70, 50)), 3, "neutral"),
    Stroke(((60, 80), (80, 110)), 3, "keep"),
    Stroke(((10, 90), (20, 110)), 3, "colour", (255, 255, 255)),
    Stroke((), 0, "colour", (230, 190, 160), runs=((40, 90, 110), (41, 90, 110), (43, 95, 100))),
)


def _luminances(dtype: Any = np.uint8) -> np.ndarray:
    rng = np.random.default_rng(3)
    smooth = ndimage.gaussian_filter(rng.random(SHAPE), 5)
    smooth = (smooth - smooth.min()) / np.ptp(smooth) * 0.7 + 0.1 + rng.normal(0, 0.02, SHAPE)
    return (np.clip(smooth, 0, 1) * np.iinfo(dtype).max).astype(dtype)


def _document(folder: Path, strokes: Any = STROKES, dtype: Any = np.uint8) -> Document:
    path = folder / "photo.png"
    write_photo(path, _luminances(dtype), like=None, options=AGAIN)
    return Document(read_photo(path), strokes=strokes)


def _with_strokes(document: Document, strokes: tuple[Stroke, ...]) -> Document:
    return Document(document.photo, strokes=strokes)


def _painted(strokes: Any, shape: tuple[int, int] = SHAPE) -> PaintedColours:
    return painted_by_strokes(strokes, shape)


def _assert_same(found: Constraints, wanted: Constraints, tolerance: float = 0.02) -> None:
    np.testing.assert_array_equal(found.indices, wanted.indices)
    np.testing.assert_allclose(found.values, wanted.values, atol=tolerance)


# -- the layer ----------------------------------------------------------------------------------


def test_the_layer_is_transparent_where_nothing_is_painted(tmp_path: Path) -> None:
    document = _document(tmp_path)
    assert export_stroke_layer(document, tmp_path / "layer.png") == tmp_path / "layer.png"
    layer = np.array(Image.open(tmp_path / "layer.png"))
    assert layer.shape == (*SHAPE, 4)
    painted = np.zeros(SHAPE, bool)
    painted.reshape(-1)[_painted(STROKES).constraints.indices] = True
    np.testing.assert_array_equal(layer[..., 3], np.where(painted, 255, 0))
    assert not layer[~painted].any()
    for place, rgb in {
        (10, 10): (200, 40, 30),
        (65, 30): (119, 119, 119),
        (70, 95): (255, 255, 255),
        (15, 100): (254, 254, 254),
        (40, 95): (230, 190, 160),
    }.items():
        assert tuple(layer[place][:3]) == rgb


def test_the_layer_comes_back_as_the_same_strokes(tmp_path: Path) -> None:
    document = _document(tmp_path)
    export_stroke_layer(document, tmp_path / "layer.png")
    found = import_stroke_layer(tmp_path / "layer.png", document.photo)
    assert found.notes == ()
    back, wanted = _painted(found.strokes), _painted(STROKES)
    _assert_same(back.constraints, wanted.constraints)
    np.testing.assert_array_equal(back.kept, wanted.kept)
    kinds = [stroke.kind for stroke in found.strokes]
    assert kinds.count("keep") == 1
    assert kinds.count("neutral") == 2
    # The cut leaves two parts of red; blue has a green stroke across it.
    assert [stroke.rgb for stroke in found.strokes].count((200, 40, 30)) == 2


def test_a_soft_brush_is_joined_to_its_colours(tmp_path: Path) -> None:
    rgb = np.zeros((*SHAPE, 3))
    alpha = np.zeros(SHAPE)
    for number, colour in enumerate([(200, 40, 30), (40, 60, 190)]):
        dab = np.zeros(SHAPE)
        dab[15 + 40 * number : 35 + 40 * number, 10:110] = 1
        dab = ndimage.gaussian_filter(dab, 2)
        grain = np.random.default_rng(number).normal(0, 6, SHAPE)
        dark = (np.array(colour) + grain[..., None]) * dab[..., None]  # towards the edge, as on black
        rgb = np.where(dab[..., None] > 0, dark, rgb)
        alpha = np.maximum(alpha, dab)
    image = np.dstack([np.clip(rgb, 0, 255), alpha * 255]).astype(np.uint8)
    Image.fromarray(image).save(tmp_path / "soft.png")
    found = import_stroke_layer(tmp_path / "soft.png", _document(tmp_path).photo)
    assert len(found.strokes) == 2
    for stroke, colour in zip(found.strokes, [(200, 40, 30), (40, 60, 190)], strict=True):
        assert np.abs(np.subtract(stroke.rgb or (), colour)).max() <= 12
    painted = painted_by_strokes(found.strokes, SHAPE).constraints.indices
    np.testing.assert_array_equal(painted, np.flatnonzero(image[..., 3] >= 127.5))
    (note,) = found.notes
    assert note.startswith("soft.png has")
    assert "joined to 2" in note


@pytest.mark.parametrize(
    ("picture", "message"),
    [
        (np.zeros((*SHAPE, 3), np.uint8), r"layer\.png has no transparent pixels"),
        (np.zeros((SHAPE[0], SHAPE[1] - 1, 4), np.uint8), r"layer\.png has 119 x 90 .* 120 x 90"),
        (np.full((*SHAPE, 4), 100, np.uint8), r"layer\.png has nothing painted"),
    ],
)
def test_what_is_no_layer_is_told(tmp_path: Path, picture: np.ndarray, message: str) -> None:
    Image.fromarray(picture).save(tmp_path / "layer.png")
    with pytest.raises(UsageError, match=message):
        import_stroke_layer(tmp_path / "layer.png", _document(tmp_path).photo)


def test_a_file_that_is_none_is_told(tmp_path: Path) -> None:
    (tmp_path / "layer.png").write_bytes(b"nothing")
    with pytest.raises(PhotoReadError, match=r"layer\.png"):
        import_stroke_layer(tmp_path / "layer.png", _document(tmp_path).photo)


# -- the pair -----------------------------------------------------------------------------------

PAIRED = tuple(stroke for stroke in STROKES if stroke.kind != "keep")


@pytest.mark.parametrize("suffix", [".png", ".tif"])
@pytest.mark.parametrize("depth", [8, 16])
def test_the_pair_has_the_same_constraints(tmp_path: Path, depth: int, suffix: str) -> None:
    document = _document(tmp_path, dtype=np.uint16 if depth == 16 else np.uint8)
    gray, marked = tmp_path / f"gray{suffix}", tmp_path / f"marked{suffix}"
    (note,) = export_levin_pair(document, gray, marked)
    assert "keep" in note
    plain, copy = read_photo(gray), read_photo(marked)
    assert plain.bit_depth == copy.bit_depth == depth
    np.testing.assert_array_equal(plain.pixels, document.photo.pixels)
    wanted = _painted(PAIRED).constraints
    _assert_same(painted_on_copy(plain, copy).constraints, wanted)
    for base in (gray, None):
        found = import_levin_pair(marked, document.photo, base)
        assert found.notes == ()
        _assert_same(_painted(found.strokes).constraints, wanted)


def test_propagate_reads_the_pair(tmp_path: Path) -> None:
    document = _document(tmp_path)
    gray, marked = tmp_path / "gray.png", tmp_path / "marked.png"
    export_levin_pair(document, gray, marked)
    pair = PairOptions(space="lab", weights="symmetric")
    report = propagate_pair(gray, marked, tmp_path / "out.png", pair, WriteOptions())
    assert report.notes == ()
    out = np.array(Image.open(tmp_path / "out.png")).astype(int)
    assert out[11, 12, 0] > out[11, 12, 1] + 30  # red where red was painted
    assert np.ptp(out[65, 30]) < 6  # and none where none was


@given(st.integers(0, 255), st.integers(0, 255), st.integers(-3, 3), st.sampled_from([8, 16]))
def test_no_stroke_hides_in_the_photo(gray: int, red: int, more: int, depth: int) -> None:
    """Not even gray on the same gray, or nearly."""
    most = 255 if depth == 8 else 65535
    dtype = np.uint8 if depth == 8 else np.uint16
    colours = np.array([[red, np.clip(red + more, 0, 255), red]]) * (most // 255)
    below = np.array([[gray] * 3]) * (most // 255)
    shown = stroke_layers._distinct(colours.astype(dtype), below.astype(dtype)).astype(float)
    assert np.abs(shown - below).sum() / most > 0.015
    np.testing.assert_allclose(np.diff(shown), np.diff(colours))


@pytest.mark.parametrize(("quality", "areas"), [(95, 60), (75, 60)])
def test_jpeg_is_joined_to_the_colours_that_were_painted(tmp_path: Path, quality: int, areas: int) -> None:
    document = _document(tmp_path, tuple(stroke for stroke in PAIRED[:3]))
    large = Photo(np.kron(document.photo.pixels, np.ones((6, 6), np.uint8)), PhotoKind.GRAY)
    strokes = tuple(
        Stroke(tuple((row * 6, col * 6) for row, col in stroke.points), 20, "colour", stroke.rgb)
        for stroke in document.strokes
    )
    export_levin_pair(Document(large, strokes=strokes), tmp_path / "gray.png", tmp_path / "marked.png")
    Image.open(tmp_path / "marked.png").save(tmp_path / "marked.jpg", quality=quality)
    found = import_levin_pair(tmp_path / "marked.jpg", large)
    assert 3 <= len(found.strokes) < areas
    assert any("joined to 3" in note for note in found.notes)
    back, wanted = (np.zeros(large.shape, bool) for _ in range(2))
    back.reshape(-1)[_painted(found.strokes, large.shape).constraints.indices] = True
    wanted.reshape(-1)[_painted(strokes, large.shape).constraints.indices] = True
    assert (back & wanted).sum() / (back | wanted).sum() > 0.9
    for rgb in {stroke.rgb for stroke in found.strokes}:
        assert min(np.abs(np.subtract(rgb or (), stroke.rgb or ())).max() for stroke in strokes) <= 6


def test_what_is_no_pair_is_told(tmp_path: Path) -> None:
    document = _document(tmp_path)
    photo = document.photo
    for name, picture in {
        "same": photo.pixels,
        "small": photo.pixels[1:],
        "other": 255 - photo.pixels[::-1, ::-1],
    }.items():
        write_photo(tmp_path / f"{name}.png", picture, like=None, options=AGAIN)
    with pytest.raises(UsageError, match=r"same\.png has no strokes"):
        import_levin_pair(tmp_path / "same.png", photo)
    with pytest.raises(UsageError, match=r"small\.png has 120 x 89 .* 120 x 90"):
        import_levin_pair(tmp_path / "small.png", photo)
    with pytest.raises(UsageError, match=r"small\.png has 120 x 89"):
        import_levin_pair(tmp_path / "same.png", photo, tmp_path / "small.png")
    bright = Photo(np.full(SHAPE, 10, np.uint8), PhotoKind.GRAY)
    with pytest.raises(UsageError, match=r"other\.png is no copy of the photo"):
        import_levin_pair(tmp_path / "other.png", bright)


# -- writing ------------------------------------------------------------------------------------


def _refused(folder: Path, kind: type[ColorStudioError], said: str, export: Any) -> None:
    before = {path: path.read_bytes() for path in folder.iterdir()}
    with pytest.raises(kind, match=said):
        export()
    assert {path: path.read_bytes() for path in folder.iterdir()} == before


def test_the_photo_is_never_written_over(tmp_path: Path) -> None:
    document = _document(tmp_path)
    photo, other = tmp_path / "photo.png", tmp_path / "other.png"
    said = "a photo that was read"
    _refused(tmp_path, PhotoWriteError, said, lambda: export_stroke_layer(document, photo, AGAIN))
    _refused(tmp_path, PhotoWriteError, said, lambda: export_levin_pair(document, photo, other, AGAIN))
    _refused(tmp_path, PhotoWriteError, said, lambda: export_levin_pair(document, other, photo, AGAIN))


def test_the_photo_is_not_written_over_where_it_is_prepared(tmp_path: Path) -> None:
    source = _document(tmp_path).photo
    preparation = Preparation(crop=Crop(0, 0, 50, 60))
    document = Document(prepare(source, preparation), strokes=STROKES, source=source, preparation=preparation)
    export_stroke_layer(document, tmp_path / "layer.png")
    assert Image.open(tmp_path / "layer.png").size == (60, 50)
    said = "a photo that was read"
    _refused(
        tmp_path,
        PhotoWriteError,
        said,
        lambda: export_stroke_layer(document, tmp_path / "photo.png", AGAIN),
    )


def test_what_cannot_be_is_refused_before_the_work(tmp_path: Path) -> None:
    document = _document(tmp_path)
    layer, gray = tmp_path / "layer.png", tmp_path / "gray.png"
    layer.write_bytes(b"mine")
    _refused(tmp_path, PhotoWriteError, "exists already", lambda: export_stroke_layer(document, layer))
    _refused(tmp_path, PhotoWriteError, "exists already", lambda: export_levin_pair(document, gray, layer))
    jpeg = tmp_path / "a.jpg"
    _refused(tmp_path, PhotoWriteError, "is a PNG", lambda: export_stroke_layer(document, jpeg))
    _refused(tmp_path, PhotoWriteError, "PNG and TIFF only", lambda: export_levin_pair(document, gray, jpeg))
    _refused(tmp_path, PhotoWriteError, "two names", lambda: export_levin_pair(document, gray, gray))
    bare = _with_strokes(document, STROKES[4:5])
    _refused(tmp_path, UsageError, "no strokes", lambda: export_levin_pair(bare, gray, tmp_path / "m.png"))
    _refused(tmp_path, UsageError, "no strokes", lambda: export_stroke_layer(_with_strokes(bare, ()), gray))


def test_a_pair_is_written_whole_or_not_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    document = _document(tmp_path)
    write = stroke_layers.write_photo

    def fail_second(path: Path, *args: Any, **more: Any) -> Path:
        if path.name == "marked.png":
            raise PhotoWriteError("full")
        return write(path, *args, **more)

    monkeypatch.setattr(stroke_layers, "write_photo", fail_second)
    gray, marked = tmp_path / "gray.png", tmp_path / "marked.png"
    _refused(tmp_path, PhotoWriteError, "full", lambda: export_levin_pair(document, gray, marked))


# -- areas --------------------------------------------------------------------------------------


def _found(numbers: np.ndarray, palette: Any, **more: Any) -> FoundStrokes:
    rgb = np.array([*palette, (0, 0, 0)], np.uint8)[numbers]
    return strokes_of_pixels(numbers >= 0, rgb, "it", **more)


COLOURS = ((200, 40, 30), (40, 60, 190), (90, 140, 60))


@given(st.lists(st.lists(st.integers(-1, 2), min_size=9, max_size=9), min_size=7, max_size=7))
def test_there_is_one_stroke_for_each_connected_area_of_one_colour(rows: list[list[int]]) -> None:
    numbers = np.array(rows)
    if (numbers < 0).all():
        return
    found = _found(numbers, COLOURS)
    label_areas: Any = ndimage.label
    expected = {
        (COLOURS[number], frozenset(map(tuple, np.argwhere(labels == label).tolist())))
        for number in range(3)
        for labels, count in [label_areas(numbers == number, np.ones((3, 3)))]
        for label in range(1, count + 1)
    }
    assert {
        (stroke.rgb, frozenset((row, col) for row, first, last in stroke.runs for col in range(first, last)))
        for stroke in found.strokes
    } == expected
    assert len(found.strokes) == len(expected)
    firsts = [stroke.runs[0][:2] for stroke in found.strokes]
    assert firsts == sorted(firsts)


def test_grays_beside_each_other_are_one_neutral_stroke() -> None:
    numbers = np.array([[0, 1, 1, -1, 2]])
    found = _found(numbers, [(9, 9, 9), (80, 80, 80), (255, 255, 255)])
    assert [stroke.kind for stroke in found.strokes] == ["neutral", "neutral"]
    found = _found(numbers, [(9, 9, 9), (80, 80, 80), (255, 255, 255)], white_keeps=True)
    assert [(stroke.kind, stroke.runs) for stroke in found.strokes] == [
        ("neutral", ((0, 0, 3),)),
        ("keep", ((0, 4, 5),)),
    ]


def test_thousands_of_spots_are_one_stroke_for_each_colour() -> None:
    numbers = np.full((200, 200), -1)
    numbers[::4, ::4] = 0
    numbers[2::4, 2::4] = 1
    assert (numbers >= 0).sum() > MOST_AREAS
    found = _found(numbers, COLOURS)
    assert {stroke.rgb for stroke in found.strokes} == set(COLOURS[:2])
    assert len(found.strokes) == 2
    assert "one stroke each" in found.notes[-1]
    raster = painted_by_strokes(found.strokes, (200, 200)).constraints
    np.testing.assert_array_equal(raster.indices, np.flatnonzero(numbers >= 0))


def test_specks_are_left_out_where_colours_are_joined() -> None:
    rng = np.random.default_rng(0)
    numbers = np.full((200, 200), -1)
    numbers[20:60, 20:180] = 0
    grain = rng.integers(0, 7, (200, 200, 3))
    numbers[::9, 100::9][numbers[::9, 100::9] < 0] = 1
    found = strokes_of_pixels(
        numbers >= 0, (np.array([*COLOURS, (0, 0, 0)])[numbers] + grain).astype(np.uint8), "it"
    )
    (stroke,) = found.strokes
    assert np.abs(np.subtract(stroke.rgb or (), COLOURS[0])).max() <= 7
    assert sum(last - first for _, first, last in stroke.runs) == 40 * 160
    assert "specks" in found.notes[0]


def test_looking_for_strokes_can_be_cancelled(tmp_path: Path) -> None:
    document = _document(tmp_path)
    export_levin_pair(document, tmp_path / "gray.png", tmp_path / "marked.png")
    export_stroke_layer(document, tmp_path / "layer.png")
    token = ProgressToken()
    token.cancel()
    with pytest.raises(Cancelled):
        import_levin_pair(tmp_path / "marked.png", document.photo, token=token)
    with pytest.raises(Cancelled):
        import_stroke_layer(tmp_path / "layer.png", document.photo, token)
    numbers = np.random.default_rng(0).integers(0, 3, (99, 99))
    with pytest.raises(Cancelled):
        _found(numbers, COLOURS, token=token)


def test_more_pieces_than_a_document_holds_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("colorstudio.services.picture_strokes.MAX_RUNS", 3)
    numbers = np.array([[0, -1, 0, -1, 1, -1, 1]])
    with pytest.raises(UsageError, match="it has too many painted pieces"):
        _found(numbers, COLOURS)
