"""How kernels are compiled and called: one place for numba's options and its one lock."""

from __future__ import annotations

import threading
from collections.abc import Callable, Generator
from contextlib import contextmanager
from typing import Any, TypeVar, cast

import numba

_F = TypeVar("_F", bound=Callable[..., Any])

# Sums may be reordered and contracted; not-a-number and infinity keep their meaning.
_FAST_MATH = {"nsz", "arcp", "contract", "afn", "reassoc"}
_lock = threading.RLock()


def compiled(*, parallel: bool = False, exact: bool = False) -> Callable[[_F], _F]:
    """Compile a kernel on its first call; the machine code is kept on the disk for the next start.

    Parameters
    ----------
    parallel
        On all cores, by numba's own threads: call it within `kernels`.
    exact
        Each operation is rounded as it is written, as numpy does.
    """

    def decorate(function: _F) -> _F:
        dispatcher = numba.njit(
            cache=True,
            nogil=True,
            parallel=parallel,
            fastmath=False if exact else _FAST_MATH,
            error_model="numpy",
            boundscheck=False,
        )(function)
        return cast(_F, dispatcher)

    return decorate


@contextmanager
def kernels() -> Generator[None]:
    """Around calls of parallel kernels: where numba has only its own pool, they must come from one thread.

    That pool ends the process then. With OpenMP or TBB nobody has to wait.
    """
    if _safe_from_several_threads():
        yield
    else:
        with _lock:
            yield


def _safe_from_several_threads() -> bool:
    try:
        return numba.threading_layer() in ("omp", "tbb")  # pyright: ignore[reportPrivateImportUsage]
    except ValueError:  # not known before the first parallel kernel has run
        return False
