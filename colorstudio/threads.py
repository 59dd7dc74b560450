"""How many threads the arithmetic takes: decided here, once, before torch is imported.

Torch and numba each size a pool of OpenMP threads by the cores there are. Network and solver take turns, and
the workers of all pools, BLAS's too, sleep when idle: measured with another process busy, spinning workers
made an encoder pass of 45 ms take 2,500 ms, and an iteration of the solver of 8 ms take 400.
"""

from __future__ import annotations

import os


def usable_cores() -> int:
    """Cores that this process may run on."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def configure_threads() -> None:
    """Set the wait policy and the number of BLAS threads. What the user has set is left as it is."""
    os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")
    os.environ.setdefault("GOMP_SPINCOUNT", "0")
    os.environ.setdefault("KMP_BLOCKTIME", "0")
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
