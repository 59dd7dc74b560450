"""Work on a large picture in bands of rows on a few threads: small temporaries, both cores busy."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor

from colorstudio.threads import usable_cores

BAND_PIXELS = 1 << 16  # a float32 plane of 256 KiB: a handful of them stay in the cache


def bands(shape: tuple[int, int], pixels: int = BAND_PIXELS) -> Iterator[slice]:
    """Row slices that cover ``(H, W)``, each of about `pixels` pixels and at least one row."""
    height, width = shape
    rows = max(1, pixels // max(1, width))
    for start in range(0, height, rows):
        yield slice(start, min(start + rows, height))


def worker_count() -> int:
    """Threads for numpy work: the cores that this process may use, at least 2 and at most 8."""
    return min(8, max(2, usable_cores()))


def in_bands(
    work: Callable[[slice], None],
    shape: tuple[int, int],
    *,
    pixels: int = BAND_PIXELS,
    threads: int | None = None,
) -> None:
    """Call `work` with each band of rows of ``(H, W)``; numpy lets go of the GIL in between.

    The first exception of a band is raised after the running bands have ended; the rest do not start.
    """
    parts = list(bands(shape, pixels))
    if len(parts) <= 1:
        for part in parts:
            work(part)
        return
    with ThreadPoolExecutor(threads or worker_count(), thread_name_prefix="bands") as pool:
        futures = [pool.submit(work, part) for part in parts]
        try:
            for future in futures:
                future.result()
        except BaseException:
            pool.shutdown(cancel_futures=True)
            raise
