from __future__ import annotations

import hashlib
import io
import tarfile
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
import torch

from colorstudio.errors import TrainingError
from colorstudio.progress import Cancelled, ProgressToken
from colorstudio.training.batches import make_batch
from colorstudio.training.pool import PhotoPool, labels_of, load_pool
from colorstudio.training.recipe import DataRecipe

Encode = Callable[..., bytes]
_ALL = DataRecipe()


def _zip(path: Path, members: dict[str, bytes], method: int = zipfile.ZIP_STORED) -> Path:
    with zipfile.ZipFile(path, "w", method) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return path


def _tar(path: Path, members: dict[str, bytes]) -> Path:
    with tarfile.open(path, "w:gz" if path.name.endswith("gz") else "w") as archive:
        folder = tarfile.TarInfo("folder.png")
        folder.type = tarfile.DIRTYPE
        archive.addfile(folder)
        for name, data in members.items():
            entry = tarfile.TarInfo(name)
            entry.size = len(data)
            archive.addfile(entry, io.BytesIO(data))
    return path


def _pixels_of(pool: PhotoPool, number: int) -> torch.Tensor:
    start, rows, cols = int(pool.offsets[number]), int(pool.heights[number]), int(pool.widths[number])
    return pool.pixels[start : start + rows * cols].view(rows, cols, 3)


def test_folders_zips_and_tars_are_read_together(tmp_path: Path, encoded: Encode) -> None:
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep" / "a.png").write_bytes(encoded(0, 40, 50))
    (tmp_path / "notes.txt").write_text("no photo", encoding="utf-8")
    _zip(tmp_path / "b.zip", {"x/1.png": encoded(1, 50, 40), "2.JPG": encoded(2, kind="JPEG"), "t.txt": b"-"})
    _tar(tmp_path / "c.tar", {"3.png": encoded(3, 33, 44)})
    _tar(tmp_path / "d.tar.gz", {"4.webp": encoded(4, kind="WEBP")})
    pool = load_pool(tmp_path, _ALL)
    assert pool.names == ("b.zip/x/1.png", "b.zip/2.JPG", "c.tar/3.png", "d.tar.gz/4.webp", "deep/a.png")
    assert list(zip(pool.heights.tolist(), pool.widths.tolist(), strict=True)) == [
        (50, 40), (72, 80), (33, 44), (72, 80), (40, 50),
    ]  # fmt: skip
    assert len(pool.pixels) == int((pool.heights * pool.widths).sum())
    first = load_pool(tmp_path, DataRecipe(include=("deep/*",)))
    assert torch.equal(_pixels_of(pool, 4), _pixels_of(first, 0))


def test_damaged_and_tiny_members_are_left_out(tmp_path: Path, encoded: Encode) -> None:
    whole = encoded(1, kind="JPEG")
    bad = {
        "empty.png": b"",
        "text.jpg": b"this is no photo",
        "cut.png": encoded(0)[:200],
        "cut.jpg": whole[: len(whole) // 3],
        "flipped.png": encoded(0)[:60] + b"\xff" * 40 + encoded(0)[100:],
        "tiny.png": encoded(0, 31, 200),
    }
    for name, data in bad.items():
        (tmp_path / name).write_bytes(data)
    _zip(tmp_path / "s.zip", {**bad, "good.png": encoded(2)})
    _tar(tmp_path / "s.tar", {**bad, "good.png": encoded(3)})
    assert load_pool(tmp_path, _ALL).names == ("s.tar/good.png", "s.zip/good.png")


def _cut(path: Path) -> Path:
    path.write_bytes(path.read_bytes()[:-300])
    return path


def _with_bad_checksum(path: Path) -> Path:
    data = bytearray(path.read_bytes())
    data[300] ^= 0xFF
    path.write_bytes(data)
    return path


def _with_bad_stream(path: Path) -> Path:
    data = bytearray(path.read_bytes())
    data[45:80] = b"\xff" * 35
    path.write_bytes(data)
    return path


@pytest.mark.parametrize(
    "kind", ["cut zip", "checksum", "stream", "no zip", "cut tar.gz", "no tar", "encrypted"]
)
def test_damaged_shards_are_named(tmp_path: Path, encoded: Encode, kind: str) -> None:
    members = {f"{i}.png": encoded(i) for i in range(3)}
    match kind:
        case "cut zip":
            shard = _cut(_zip(tmp_path / "s.zip", members))
        case "checksum":
            shard = _with_bad_checksum(_zip(tmp_path / "s.zip", members))
        case "stream":
            shard = _with_bad_stream(_zip(tmp_path / "s.zip", members, zipfile.ZIP_DEFLATED))
        case "cut tar.gz":
            shard = _cut(_tar(tmp_path / "s.tar.gz", members))
        case "encrypted":
            shard = _zip(tmp_path / "s.zip", members)
            data = bytearray(shard.read_bytes())
            at = data.find(b"PK\x01\x02")
            data[6] |= 1
            data[at + 8] |= 1
            shard.write_bytes(data)
        case _:
            shard = tmp_path / ("s.zip" if kind == "no zip" else "s.tar")
            shard.write_bytes(b"nothing of use" * 100)
    with pytest.raises(TrainingError, match="damaged or cannot be read") as caught:
        load_pool(tmp_path, _ALL)
    assert str(shard) in str(caught.value)


def test_include_and_exclude_go_by_the_relative_name(tmp_path: Path, encoded: Encode) -> None:
    for name in ("eval/a.png", "train/b.png", "train/c.webp", "d.png"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(encoded(1, kind=path.suffix[1:].upper()))
    assert load_pool(tmp_path, _ALL).names == ("d.png", "train/b.png", "train/c.webp")
    only = DataRecipe(include=("train/*",), exclude=("*.webp",))
    assert load_pool(tmp_path, only).names == ("train/b.png",)


def test_large_photos_are_held_small(tmp_path: Path, encoded: Encode) -> None:
    (tmp_path / "large.png").write_bytes(encoded(0, 300, 450))
    (tmp_path / "small.png").write_bytes(encoded(0, 60, 90))
    pool = load_pool(tmp_path, DataRecipe(short_side_px=100))
    assert pool.heights.tolist() == [100, 60]
    assert pool.widths.tolist() == [150, 90]


def test_limit_stops_inside_a_shard(tmp_path: Path, encoded: Encode, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("colorstudio.training.pool._BATCH", 4)
    _zip(tmp_path / "a.zip", {f"{i:02}.png": encoded(i, 32, 32) for i in range(12)})
    _zip(tmp_path / "b.zip", {f"{i:02}.png": encoded(i, 32, 32) for i in range(12)})
    read: list[str] = []
    original = zipfile.ZipFile.read
    monkeypatch.setattr(
        zipfile.ZipFile, "read", lambda self, name: (read.append(name), original(self, name))[1]
    )
    assert load_pool(tmp_path, _ALL, limit=6).names == tuple(f"a.zip/{i:02}.png" for i in range(6))
    assert len(read) <= 8


def test_no_photos_and_no_folder_are_told(tmp_path: Path) -> None:
    with pytest.raises(TrainingError, match="does not exist"):
        load_pool(tmp_path / "absent", _ALL)
    with pytest.raises(TrainingError, match=r"No photos found.*\*\.zip"):
        load_pool(tmp_path, DataRecipe(include=("*.zip",)))


def test_loading_can_be_cancelled(photos_folder: Path) -> None:
    token = ProgressToken(lambda *_: token.cancel())
    with pytest.raises(Cancelled):
        load_pool(photos_folder, _ALL, token=token)


def test_fingerprint_follows_the_content(tmp_path: Path, encoded: Encode) -> None:
    (tmp_path / "a.png").write_bytes(encoded(0))
    first = load_pool(tmp_path, _ALL).fingerprint
    assert load_pool(tmp_path, _ALL).fingerprint == first
    (tmp_path / "a.png").write_bytes(encoded(1))
    assert load_pool(tmp_path, _ALL).fingerprint != first


def _named(count: int) -> PhotoPool:
    sizes = torch.full((count,), 32)
    pixels = torch.zeros(1, 3, dtype=torch.uint8)
    names = tuple(f"photo-{i}.jpg" for i in range(count))
    return PhotoPool(
        pixels, torch.zeros(count, dtype=torch.int64), sizes, sizes, names, *labels_of(names), "f"
    )


def test_held_out_photos_stay_held_out_when_photos_are_added() -> None:
    few, many = _named(500), _named(2000)
    learn, held = few.split(0.1)
    assert len(learn) + len(held) == 500
    assert not set(learn.names) & set(held.names)
    learn_more, held_more = many.split(0.1)
    assert set(held.names) == set(held_more.names) & set(few.names)
    assert 100 < len(held_more) < 300
    assert learn_more.fingerprint == "f"
    # A larger share only adds to those held out.
    assert set(held.names) < set(few.split(0.2)[1].names)


def test_subset_keeps_photos_with_their_names(photos_folder: Path) -> None:
    pool = load_pool(photos_folder, _ALL)
    part = pool.subset([5, 2])
    assert part.names == (pool.names[5], pool.names[2])
    assert torch.equal(_pixels_of(part, 0), _pixels_of(pool, 5))
    assert torch.equal(_pixels_of(part, 1), _pixels_of(pool, 2))


def test_photos_are_labelled_by_what_their_names_begin_with(tmp_path: Path, encoded: Encode) -> None:
    names = ("street_00012.png", "deep/by_the_sea_7.png", "plain.png", "street_3.png", "12.png")
    _zip(tmp_path / "a_1.zip", {name: encoded(number) for number, name in enumerate(names)})
    pool = load_pool(tmp_path, _ALL)
    assert pool.label_names == ("", "by_the_sea", "street")
    assert [pool.label_names[label] for label in pool.labels] == ["street", "by_the_sea", "", "street", ""]
    part = pool.subset([3, 1])  # the numbers stand for the same in a part of the pool
    assert part.label_names == pool.label_names
    assert part.labels.tolist() == [2, 1]
    assert make_batch(pool, torch.tensor([1, 0]), 32).labels.tolist() == [1, 2]


def test_sources_say_where_photos_came_from(tmp_path: Path, encoded: Encode) -> None:
    (tmp_path / "deep").mkdir()
    loose = {"1.png": encoded(1), "deep/2.png": encoded(2), "deep/3.png": encoded(3)}
    for name, data in loose.items():
        (tmp_path / name).write_bytes(data)
    shard = _zip(tmp_path / "b.zip", {"4.png": encoded(4), "bad.png": b"no photo", "5.png": encoded(5)})
    _zip(tmp_path / "empty.zip", {"small.png": encoded(6, 8, 8)})

    def of_folder(*names: str) -> str:
        return hashlib.sha256(b"".join(hashlib.sha256(loose[name]).digest() for name in names)).hexdigest()

    pool = load_pool(tmp_path, _ALL)
    assert {source.file: (source.sha256, source.names) for source in pool.sources} == {
        "./": (of_folder("1.png"), ("1.png",)),
        "b.zip": (hashlib.sha256(shard.read_bytes()).hexdigest(), ("b.zip/4.png", "b.zip/5.png")),
        "deep/": (of_folder("deep/2.png", "deep/3.png"), ("deep/2.png", "deep/3.png")),
    }
    assert pool.subset([0]).sources == pool.sources
    limited = load_pool(tmp_path, _ALL, limit=2)
    assert [source.names for source in limited.sources] == [("1.png",), ("b.zip/4.png",)]
