"""What the strip says about photos and about the batch."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from colorstudio.gui.batch.photos import Batch, BatchPhoto, Status
from colorstudio.gui.batch.runs import Run, RunKind

translate = QCoreApplication.translate


def count_words(count: int) -> str:
    if count == 1:
        return translate("Batch", "1 photo")
    return translate("Batch", "{count} photos").format(count=count)


def stroke_words(count: int) -> str:
    if count == 1:
        return translate("Batch", "1 stroke")
    return translate("Batch", "{count} strokes").format(count=count)


def status_words(photo: BatchPhoto) -> str:
    """How far a photo is: "exported", "failed: the disk is full"."""
    if photo.status is Status.FAILED:
        return translate("Batch", "failed: {why}").format(why=photo.reason)
    if photo.status is Status.PAINTED and photo.changed_since_export:
        return translate("Batch", "changed since it was exported")
    return {
        Status.UNTOUCHED: translate("Batch", "not coloured yet"),
        Status.WAITING: translate("Batch", "waiting"),
        Status.WORKING: translate("Batch", "at work"),
        Status.COLOURED: translate("Batch", "coloured"),
        Status.PAINTED: translate("Batch", "painted"),
        Status.EXPORTED: translate("Batch", "exported"),
    }[photo.status]


def photo_words(photo: BatchPhoto, *, shown: bool) -> str:
    """A photo of the strip for a screen reader."""
    parts = [photo.name, status_words(photo)]
    if photo.stroke_count:
        parts.append(stroke_words(photo.stroke_count))
    if shown:
        parts.append(translate("Batch", "in the window"))
    return ", ".join(parts)


def tip_words(photo: BatchPhoto) -> str:
    """Lines under the mouse."""
    lines = [str(photo.path), _sentence(status_words(photo))]
    if photo.stroke_count:
        lines.append(stroke_words(photo.stroke_count))
    if photo.exported is not None:
        lines.append(translate("Batch", "Written to {path}").format(path=photo.exported))
    return "\n".join(lines)


def batch_words(batch: Batch) -> str:
    """What there is, but for what failed: "120 photos  ·  34 coloured  ·  3 painted"."""
    parts = [count_words(len(batch))]
    for status, words in (
        (Status.COLOURED, translate("Batch", "{count} coloured")),
        (Status.PAINTED, translate("Batch", "{count} painted")),
        (Status.EXPORTED, translate("Batch", "{count} exported")),
    ):
        if batch.counts[status]:
            parts.append(words.format(count=batch.counts[status]))
    return "  ·  ".join(parts)


def time_words(seconds: float) -> str:
    """About how long: "under 1 min", "4 min", "2 h 10 min"."""
    minutes = round(seconds / 60)
    if minutes < 1:
        return translate("Batch", "under 1 min")
    if minutes < 60:
        return translate("Batch", "{minutes} min").format(minutes=minutes)
    return translate("Batch", "{hours} h {minutes} min").format(hours=minutes // 60, minutes=minutes % 60)


def run_words(run: Run, now_s: float) -> str:
    """What is under way: "Colouring 12 of 120  ·  4 min left"."""
    words = translate("Batch", "Colouring {number} of {count}")
    if run.kind is RunKind.EXPORT:
        words = translate("Batch", "Exporting {number} of {count}")
    words = words.format(number=run.finished_count + 1, count=len(run.rows))
    left = run.seconds_left(now_s)
    if left is not None:
        words += "  ·  " + translate("Batch", "{time} left").format(time=time_words(left))
    return words


def outcome_words(run: Run) -> str:
    """What came of it: "Exported 117 photos. 3 photos failed."."""
    sentences = [translate("Batch", "Stopped.")] if run.stopped else []
    words = translate("Batch", "Coloured {photos}.")
    if run.kind is RunKind.EXPORT:
        words = translate("Batch", "Exported {photos}.")
    sentences.append(words.format(photos=count_words(len(run.done))))
    if len(run.kept) == 1:
        sentences.append(translate("Batch", "1 file was there already and was left as it is."))
    elif run.kept:
        words = translate("Batch", "{count} files were there already and were left as they are.")
        sentences.append(words.format(count=len(run.kept)))
    if run.failures:
        words = translate("Batch", "{photos} failed.")
        sentences.append(words.format(photos=count_words(len(run.failures))))
    return " ".join(sentences)


def _sentence(words: str) -> str:
    return words[:1].upper() + words[1:]
