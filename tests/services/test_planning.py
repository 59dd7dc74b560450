from __future__ import annotations

from pathlib import Path

import pytest

from colorstudio.errors import PhotoReadError, UsageError
from colorstudio.progress import Cancelled, ProgressToken
from colorstudio.services.planning import Job, Plan, folder_beside, photos_in, plan_jobs, plan_targets


def _photo(path: Path) -> Path:
    """A file that is called as a photo is; planning does not read it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.touch()
    return path


def _targets(plan: Plan, root: Path) -> list[str]:
    return [job.target.relative_to(root).as_posix() for job in plan.jobs]


def test_photos_go_beside_themselves(tmp_path: Path) -> None:
    inputs = [tmp_path / name for name in ("a.jpg", "b.JPEG", "c.tiff", "d.png", "e.bmp", "f.heic", "g.webp")]
    plan = plan_jobs(inputs)
    assert _targets(plan, tmp_path) == [
        "a-colour.jpg", "b-colour.jpg", "c-colour.tif", "d-colour.png", "e-colour.png", "f-colour.png",
        "g-colour.webp",
    ]  # fmt: skip
    assert not any(job.from_folder for job in plan.jobs)
    assert _targets(plan_jobs(inputs[:1], file_format="tiff"), tmp_path) == ["a-colour.tif"]


def test_one_output_file(tmp_path: Path) -> None:
    plan = plan_jobs([tmp_path / "a.jpg"], out_file=tmp_path / "x.png")
    assert plan.jobs == [Job(tmp_path / "a.jpg", tmp_path / "x.png")]
    with pytest.raises(UsageError, match="several photos"):
        plan_jobs([tmp_path / "a.jpg", tmp_path / "b.jpg"], out_file=tmp_path / "x.png")
    with pytest.raises(UsageError, match="several photos"):
        plan_jobs([tmp_path], out_file=tmp_path / "x.png")
    with pytest.raises(UsageError, match="not both"):
        plan_jobs([tmp_path / "a.jpg"], out_file=tmp_path / "x.png", out_dir=tmp_path)


def test_no_two_photos_go_to_one_file(tmp_path: Path) -> None:
    inputs = [tmp_path / folder / name for folder in "abcd" for name in ("scan.jpg", "SCAN.tif", "scan")]
    plan = plan_jobs(inputs, out_dir=tmp_path / "out", file_format="png")
    names = [job.target.name.casefold() for job in plan.jobs]
    assert len(set(names)) == len(inputs)
    assert names[0] == "scan-colour.png"
    assert all(job.target.parent == tmp_path / "out" for job in plan.jobs)
    assert plan_jobs(inputs, out_dir=tmp_path / "out", file_format="png") == plan


def test_a_folder_is_mirrored(tmp_path: Path) -> None:
    album = tmp_path / "album"
    for name in ("b.jpg", "1920/a.png", "1920/deep/c.jpg", ".hidden/d.jpg", ".e.jpg"):
        _photo(album / name)
    (album / "notes.txt").write_text("no photo", encoding="utf-8")
    (album / "folder.jpg").mkdir()
    expected = ["1920/a-colour.png", "1920/deep/c-colour.jpg", "b-colour.jpg"]
    assert _targets(plan_jobs([album]), tmp_path / "album-colour") == expected
    plan = plan_jobs([album], out_dir=tmp_path / "out")
    assert _targets(plan, tmp_path / "out") == expected
    assert all(job.from_folder for job in plan.jobs)


def test_output_inside_the_folder_is_not_coloured_again(tmp_path: Path) -> None:
    _photo(tmp_path / "a.jpg")
    _photo(tmp_path / "out" / "a-colour.jpg")
    plan = plan_jobs([tmp_path], out_dir=tmp_path / "out")
    assert [job.source.name for job in plan.jobs] == ["a.jpg"]


@pytest.mark.parametrize("file_format", [None, "png"])
def test_output_into_the_folder_itself(tmp_path: Path, file_format: str | None) -> None:
    _photo(tmp_path / "a.jpg")
    _photo(tmp_path / "sub" / "b.jpg")
    plan = plan_jobs([tmp_path], out_dir=tmp_path, file_format=file_format)
    assert sorted(job.source.name for job in plan.jobs) == ["a.jpg", "b.jpg"]
    for job in plan.jobs:
        _photo(job.target)
    assert plan_jobs([tmp_path], out_dir=tmp_path, file_format=file_format) == plan


def test_output_above_the_folder(tmp_path: Path) -> None:
    _photo(tmp_path / "album" / "a.jpg")
    plan = plan_jobs([tmp_path / "album"], out_dir=tmp_path)
    assert _targets(plan, tmp_path) == ["a-colour.jpg"]


@pytest.mark.parametrize("named", [".", "..", "../album"])
def test_folders_without_a_name_of_their_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, named: str
) -> None:
    _photo(tmp_path / "album" / "a.jpg")
    (tmp_path / "album" / "in").mkdir()
    monkeypatch.chdir(tmp_path / "album" / ("in" if named == ".." else ""))
    plan = plan_jobs([Path(named)])
    assert [job.target.resolve() for job in plan.jobs] == [tmp_path / "album-colour" / "a-colour.jpg"]


def test_looking_through_a_folder_can_be_cancelled(tmp_path: Path) -> None:
    _photo(tmp_path / "a.png")
    token = ProgressToken()
    token.cancel()
    with pytest.raises(Cancelled):
        photos_in(tmp_path, tmp_path / "out", token=token)


def test_targets_with_an_ending_of_ones_own(tmp_path: Path) -> None:
    photos = [(tmp_path / name, tmp_path / "out") for name in ("a.jpg", "a.tif", "A.JPG")]
    names = [path.name for path in plan_targets(photos, "png", "")]
    assert names == ["a.png", "a-tif.png", "A-jpg.png"]


def test_the_root_has_nothing_beside_it() -> None:
    with pytest.raises(UsageError, match="--out-dir"):
        folder_beside(Path("/"))


def test_a_folder_without_photos_does_not_stop_the_others(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    photo = _photo(tmp_path / "a.jpg")
    plan = plan_jobs([tmp_path / "empty", photo])
    assert [job.source for job in plan.jobs] == [photo]
    assert [type(failure) for failure in plan.failures] == [PhotoReadError]
    assert str(tmp_path / "empty") in str(plan.failures[0])
