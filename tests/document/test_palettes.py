"""Palettes: changing them, their files, and the library of them."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from colorstudio.document.palette_file import (
    MAX_FILE_BYTES,
    palette_of_text,
    read_palette,
    text_of_palette,
    write_palette,
)
from colorstudio.document.palette_library import MAX_PALETTES, Changes, PaletteLibrary, write_changes
from colorstudio.document.palettes import (
    MAX_COLOURS,
    MAX_NAME,
    Palette,
    PaletteColour,
    clean_name,
    free_name,
)
from colorstudio.errors import PaletteError, PhotoWriteError
from colorstudio.paths import shipped_palettes_dir, user_palettes_dir

RED = PaletteColour((200, 30, 20), "Red")
BLUE = PaletteColour((20, 40, 190), "Blue")
PLAIN = PaletteColour((7, 8, 9))
COAT = Palette("Grandfather's coat", (RED, BLUE, PLAIN), "Seen on a slide of 1962.\nLent by Ada.")

names = st.text(max_size=MAX_NAME).map(clean_name)
colours = st.builds(
    PaletteColour,
    st.tuples(*3 * [st.integers(0, 255)]),
    names.filter(lambda name: name.casefold() not in {"untitled", "unnamed"}),
)


# -- palettes -----------------------------------------------------------------------------------------


def test_changes_give_changed_copies() -> None:
    assert COAT.with_colour((1, 2, 3), "New").colours == (*COAT.colours, PaletteColour((1, 2, 3), "New"))
    assert COAT.with_colour(RED.rgb, RED.name) is COAT
    assert COAT.without(1).colours == (RED, PLAIN)
    assert COAT.moved(0, 2).colours == (BLUE, PLAIN, RED)
    assert COAT.moved(2, 0).colours == (PLAIN, RED, BLUE)
    assert COAT.with_name_of(2, " Hat\nband ").colours[2] == PaletteColour(PLAIN.rgb, "Hat band")
    assert COAT.renamed("Coat").name == "Coat"
    assert COAT.colours == (RED, BLUE, PLAIN)
    assert PLAIN.words == "#070809"


def test_a_palette_has_a_name_and_an_end() -> None:
    for name in ("", " ", "two\nlines", "x" * (MAX_NAME + 1)):
        with pytest.raises(PaletteError, match="needs a name"):
            Palette(name)
    full = Palette("Full", tuple(PaletteColour((i % 256, i // 256, 0)) for i in range(MAX_COLOURS)))
    with pytest.raises(PaletteError, match=f"at most {MAX_COLOURS}"):
        full.with_colour((9, 9, 9))


def test_names_that_are_taken_get_a_number() -> None:
    assert free_name("Coat", ["Hat"]) == "Coat"
    assert free_name("coat", ["Coat", "Coat 2"]) == "coat 3"
    assert len(free_name("x" * MAX_NAME, ["x" * MAX_NAME])) <= MAX_NAME


# -- files --------------------------------------------------------------------------------------------


@given(names.filter(bool), st.lists(colours, max_size=20), st.lists(names, max_size=4))
def test_what_is_written_is_read(name: str, some: list[PaletteColour], note: list[str]) -> None:
    palette = Palette(name, tuple(some), "\n".join(note).strip())
    assert palette_of_text(text_of_palette(palette), "file", "file.gpl") == palette


def test_a_file_is_read_as_it_was_written(tmp_path: Path) -> None:
    write_palette(tmp_path / "coat.gpl", COAT)
    assert read_palette(tmp_path / "coat.gpl") == COAT


def test_files_of_other_programs(tmp_path: Path) -> None:
    path = tmp_path / "From GIMP.gpl"
    path.write_bytes(
        b"GIMP Palette\r\n#\r\n# a note\r\n255   0   0\tRot\r\n  1 2 3\r\n0\t0\t0\tUntitled\r\n#late\r\n\r\n"
        b"12 13 14 15 apples\r\n1 1 1 Gr\xfcn\r\n"
    )
    palette = read_palette(path)
    assert palette.name == "From GIMP"
    assert palette.note == "a note"
    assert palette.colours == (
        PaletteColour((255, 0, 0), "Rot"),
        PaletteColour((1, 2, 3)),
        PaletteColour((0, 0, 0)),
        PaletteColour((12, 13, 14), "15 apples"),
        PaletteColour((1, 1, 1), "Grün"),
    )


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "not a GIMP palette"),
        (b"\x89PNG\r\n\x1a\n\0\0", "not a GIMP palette"),
        (b"GIMP Palettes\n1 2 3", "not a GIMP palette"),
        (b"GIMP Palette\nName: x\n1 2\n", "line 3: a colour must read"),
        (b"GIMP Palette\n1 2 3\n-1 2 3\n", "line 3: a colour must read"),
        (b"GIMP Palette\n1 2 256 red", "line 2: 1 2 256 is out of range"),
        (b"GIMP Palette\n1 2 " + b"9" * 5000, "line 2: a colour must read"),
        (b"GIMP Palette\n" + b"1 2 3\n" * (MAX_COLOURS + 1), f"more than {MAX_COLOURS}"),
        (b"GIMP Palette\n" + b"#" * MAX_FILE_BYTES, "too large"),
    ],
)
def test_damaged_files_are_told(tmp_path: Path, data: bytes, words: str) -> None:
    path = tmp_path / "odd.gpl"
    path.write_bytes(data)
    with pytest.raises(PaletteError, match=words) as caught:
        read_palette(path)
    assert str(path) in str(caught.value)


def test_no_file_and_no_rights(tmp_path: Path) -> None:
    with pytest.raises(PaletteError, match="There is no file"):
        read_palette(tmp_path / "none.gpl")
    with pytest.raises(PaletteError, match="could not be read"):
        read_palette(tmp_path)


@given(st.binary(max_size=300))
def test_any_bytes_are_a_palette_or_an_error(data: bytes) -> None:
    text = "GIMP Palette\n" + data.decode("latin-1")
    try:
        palette = palette_of_text(text, "file", "file.gpl")
    except PaletteError:
        return
    assert palette_of_text(text_of_palette(palette), "file", "file.gpl") == palette


# -- the library --------------------------------------------------------------------------------------


@pytest.fixture
def shipped(tmp_path: Path) -> Path:
    folder = tmp_path / "shipped"
    folder.mkdir()
    write_palette(folder / "1-skin.gpl", Palette("Skin", (RED,)))
    write_palette(folder / "2-hair.gpl", Palette("Hair", (BLUE,)))
    return folder


@pytest.fixture
def own(tmp_path: Path) -> Path:
    return tmp_path / "own" / "palettes"


def reopened(library: PaletteLibrary, own: Path, shipped: Path) -> PaletteLibrary:
    written = write_changes(library.unsaved())
    library.saved(written)
    assert library.unsaved() == {}
    return PaletteLibrary.read(own, shipped)


def test_what_is_made_is_kept(own: Path, shipped: Path) -> None:
    library = PaletteLibrary.read(own, shipped)
    assert library.names == ["Skin", "Hair"]
    assert not own.exists()
    added = library.add(COAT)
    library.change(added, COAT.without(0))
    assert library.names == ["Skin", "Hair", COAT.name]
    again = reopened(library, own, shipped)
    assert again[2].palette == COAT.without(0)
    again.remove(2)
    assert reopened(again, own, shipped).names == ["Skin", "Hair"]
    assert list(own.iterdir()) == []


def test_a_palette_that_came_along_can_be_changed_and_had_back(own: Path, shipped: Path) -> None:
    library = PaletteLibrary.read(own, shipped)
    assert not library[0].can_be_removed
    library.change(0, library[0].palette.with_colour((9, 9, 9)).renamed("Faces"))
    again = reopened(library, own, shipped)
    assert again.names == ["Faces", "Hair"]
    assert again[0].is_changed
    assert again[0].can_be_removed
    again.remove(0)
    assert again.names == ["Skin", "Hair"]
    assert reopened(again, own, shipped).names == ["Skin", "Hair"]
    assert read_palette(shipped / "1-skin.gpl").colours == (RED,)


def test_changed_back_by_hand_is_as_it_came(own: Path, shipped: Path) -> None:
    library = PaletteLibrary.read(own, shipped)
    library.change(0, library[0].palette.with_colour((9, 9, 9)))
    library = reopened(library, own, shipped)
    library.change(0, library[0].palette.without(1))
    assert not reopened(library, own, shipped)[0].is_changed
    assert list(own.iterdir()) == []


def test_names_are_kept_apart(own: Path, shipped: Path) -> None:
    library = PaletteLibrary.read(own, shipped)
    first, second = library.add(Palette("skin")), library.add(Palette("Skin"))
    assert library.names[first:] == ["skin 2", "Skin 3"]
    with pytest.raises(PaletteError, match="choose another name"):
        library.change(second, library[second].palette.renamed("HAIR"))
    library.change(second, library[second].palette.renamed("Leather"))
    assert reopened(library, own, shipped).names == ["Skin", "Hair", "Leather", "skin 2"]


@pytest.mark.parametrize("name", ["con", "../../etc/passwd", "日本", "a/b\\c:d*?", "." * 20, "x" * MAX_NAME])
def test_any_name_makes_a_good_file_name(own: Path, shipped: Path, name: str) -> None:
    library = PaletteLibrary.read(own, shipped)
    kept = library[library.add(Palette(name, (RED,)))]
    assert kept.path.parent == own
    assert kept.path.stem not in {"", "con"}
    assert set(kept.path.stem) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")
    assert name in reopened(library, own, shipped).names


def test_damaged_files_are_told_and_left_alone(own: Path, shipped: Path) -> None:
    own.mkdir(parents=True)
    (own / "coat.gpl").write_text("GIMP Palette\nx x x")
    library = PaletteLibrary.read(own, shipped)
    assert library.names == ["Skin", "Hair"]
    assert "coat.gpl" in library.problems[0]
    library.add(Palette("Coat"))
    assert reopened(library, own, shipped).names == ["Skin", "Hair", "Coat"]
    assert (own / "coat.gpl").read_text() == "GIMP Palette\nx x x"


def test_what_changes_while_it_is_written_is_still_to_be_written(own: Path, shipped: Path) -> None:
    library = PaletteLibrary.read(own, shipped)
    index = library.add(COAT)
    before = library.unsaved()
    library.change(index, library[index].palette.without(0))
    library.saved(write_changes(before))
    assert list(library.unsaved().values()) == [COAT.without(0)]


def test_there_is_an_end_to_palettes(own: Path, shipped: Path) -> None:
    library = PaletteLibrary.read(own, shipped)
    for number in range(MAX_PALETTES - 2):
        library.add(Palette(f"p{number}"))
    with pytest.raises(PaletteError, match="remove one first"):
        library.add(Palette("one too many"))


def test_one_that_cannot_be_written_does_not_hold_up_the_others(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    changes: Changes = {tmp_path / "file" / "a.gpl": COAT, tmp_path / "b.gpl": COAT}
    with pytest.raises(PhotoWriteError, match="not a folder"):
        write_changes(changes)
    assert read_palette(tmp_path / "b.gpl") == COAT


def test_a_file_is_whole_or_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "coat.gpl"
    write_palette(path, COAT)

    def full(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(PhotoWriteError, match="disk is full"):
        write_palette(path, COAT.without(0))
    assert read_palette(path) == COAT
    assert [entry.name for entry in tmp_path.iterdir()] == ["coat.gpl"]


# -- those that come along ----------------------------------------------------------------------------


def test_the_palettes_that_come_along() -> None:
    library = PaletteLibrary.read(user_palettes_dir(), shipped_palettes_dir())
    assert library.problems == ()
    assert library.names[:3] == ["Skin", "Hair", "Eyes"]
    assert len(library) == 9
    readme = (shipped_palettes_dir() / "README.md").read_text(encoding="utf-8")
    for path in shipped_palettes_dir().glob("*.gpl"):
        assert f"`{path.name}`" in readme
    for index in range(len(library)):
        palette = library[index].palette
        assert len(palette.colours) >= 15
        assert all(colour.name for colour in palette.colours)
        assert len({colour.name for colour in palette.colours}) == len(palette.colours)
        assert "Nothing here was measured" in palette.note
