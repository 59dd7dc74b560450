"""The state of a batch, without a window."""

from __future__ import annotations

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from colorstudio.document.document import DocumentState, Settings
from colorstudio.document.strokes import Stroke
from colorstudio.gui.batch.photos import Batch, BatchPhoto, FoundPhoto, Status, Work

STROKE = Stroke(points=((1.0, 1.0),), radius_px=2.0, rgb=(200, 10, 10))


def found(name: str) -> FoundPhoto:
    path = Path("/photos") / name
    return FoundPhoto(path, Path(), path)


def batch(count: int = 3) -> Batch:
    photos = [found(f"{number}.png") for number in range(count)]
    return Batch("photos", Path("/photos"), photos, from_folder=True)


def test_the_status_says_what_matters_most() -> None:
    photo = BatchPhoto(found("a.png"))
    assert photo.status is Status.UNTOUCHED
    photo.coloured = True
    assert photo.status is Status.COLOURED
    photo.state = DocumentState(Settings(), (STROKE,))
    assert photo.status is Status.PAINTED
    assert photo.stroke_count == 1
    photo.exported, photo.exported_state = Path("/out/a.png"), photo.state
    assert photo.status is Status.EXPORTED
    photo.export_failure = "The disk is full."
    assert photo.status is Status.FAILED
    assert photo.reason == "The disk is full."
    photo.work = Work.WAITING
    assert photo.status is Status.WAITING
    photo.work = Work.WORKING
    assert photo.status is Status.WORKING


def test_a_photo_changed_after_its_export_is_not_exported_any_more() -> None:
    photo = BatchPhoto(found("a.png"), coloured=True, exported=Path("/out/a.png"))
    assert photo.status is Status.EXPORTED
    photo.state = DocumentState(Settings(saturation=0.5))
    assert photo.changed_since_export
    assert photo.status is Status.COLOURED


def test_rows_are_found_by_path() -> None:
    made = batch()
    assert made.row_of(Path("/photos/2.png")) == 2
    assert made.row_of(Path("/elsewhere/2.png")) is None
    assert made.row_of(None) is None


def test_what_is_left_to_do() -> None:
    made = batch(4)
    made.change(0, coloured=True)
    made.change(1, coloured=True, exported=Path("/out/1.png"))
    made.change(2, state=DocumentState(Settings(), (STROKE,)))
    made.change(3, failure="It is damaged.")
    assert made.to_colour() == [2, 3]
    assert made.to_export() == [0, 2, 3]
    assert made.painted() == [2]
    assert made.rows(Status.FAILED) == [3]


@given(
    st.lists(
        st.tuples(
            st.integers(0, 2),
            st.sampled_from(
                [
                    {"coloured": True}, {"coloured": False}, {"failure": "no"}, {"failure": ""},
                    {"work": Work.WORKING}, {"work": Work.NONE}, {"exported": Path("/out/x.png")},
                    {"state": DocumentState(Settings(), (STROKE,))}, {"state": None},
                ]
            ),
        ),
        max_size=30,
    )
)  # fmt: skip
def test_counts_stay_right(changes: list[tuple[int, dict[str, object]]]) -> None:
    made = batch()
    for row, change in changes:
        if set(change) == {"work"}:
            made.set_work([row], change["work"])  # type: ignore[arg-type]
        else:
            made.change(row, **change)
    statuses = [photo.status for photo in made.photos]
    assert {status: made.counts[status] for status in Status} == {
        status: statuses.count(status) for status in Status
    }
