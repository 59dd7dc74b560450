"""Compile the kernels of the solver and of the pictures, so that nobody has to wait for that later."""

from __future__ import annotations

from colorstudio.threads import configure_threads

configure_threads()

from colorstudio.imaging.loops import load_kernels  # noqa: E402  (threads are decided before)
from colorstudio.propagation.warming import compile_kernels  # noqa: E402

load_kernels()
compile_kernels()
