from __future__ import annotations

import sys
import tempfile
from typing import Any

import numpy as np
import psutil
import pytest

from colorstudio.imaging.on_disk import LEAST_BYTES, on_disk

_SIDE = 1500


@pytest.mark.parametrize("dtype", [np.uint8, np.uint16])
@pytest.mark.parametrize("channels", [(), (3,)])
def test_the_pixels_are_the_same(dtype: type, channels: tuple[int, ...]) -> None:
    pixels = np.random.default_rng(1).integers(0, 255, (_SIDE, 2 * _SIDE, *channels)).astype(dtype)
    assert pixels.nbytes > LEAST_BYTES
    kept = on_disk(pixels[:, ::-1])
    np.testing.assert_array_equal(kept, pixels[:, ::-1])
    assert kept.dtype == dtype
    assert type(kept) is np.ndarray
    assert not np.may_share_memory(kept, pixels)


@pytest.mark.skipif(sys.platform == "win32", reason="counts file descriptors")
def test_the_file_is_gone_with_the_pixels() -> None:
    process = psutil.Process()
    before = process.num_fds()
    kept = on_disk(np.ones((_SIDE, 4 * _SIDE), np.uint8))
    assert process.num_fds() > before
    del kept
    assert process.num_fds() == before


def test_little_and_no_room_stay_in_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    little = np.zeros((10, 10), np.uint8)
    assert on_disk(little) is little

    def full(*_: Any, **__: Any) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(tempfile, "TemporaryFile", full)
    large = np.zeros((_SIDE, 4 * _SIDE), np.uint8)
    assert on_disk(large) is large
