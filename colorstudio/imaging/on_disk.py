"""Pixels that the system may put on the disk when memory is short: those of photos that a history keeps."""

from __future__ import annotations

import contextlib
import tempfile

import numpy as np

from colorstudio.imaging.photo import Pixels

# Smaller ones take no room worth a file.
LEAST_BYTES = 4_000_000


def on_disk(pixels: Pixels) -> Pixels:
    """The same pixels, in a nameless file of the temporary folder that is gone with the last look at them.

    Memory holds what was looked at lately, as long as nothing else needs it. Where there is no room on the
    disk, and for pixels of less than `LEAST_BYTES`, they come back as they are.
    """
    if pixels.nbytes < LEAST_BYTES:
        return pixels
    with contextlib.suppress(OSError), tempfile.TemporaryFile() as file:
        np.ascontiguousarray(pixels).tofile(file)
        file.flush()
        return np.memmap(file, pixels.dtype, "r", shape=pixels.shape).view(np.ndarray)
    return pixels
