"""Compile the solver's kernels, so that the first stroke does not have to wait for that."""

from __future__ import annotations

from colorstudio.threads import configure_threads

configure_threads()

from colorstudio.propagation.warming import compile_kernels  # noqa: E402  (threads are decided before)

compile_kernels()
