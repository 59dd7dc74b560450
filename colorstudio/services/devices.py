"""Where networks run: a CUDA card, Apple's MPS, or the CPU."""

from __future__ import annotations

import platform
from pathlib import Path

from colorstudio.errors import DeviceError
from colorstudio.threads import usable_cores

AUTO = "auto"
DEVICE_CHOICES = (AUTO, "cpu", "cuda", "mps")


def available_devices() -> list[str]:
    """Devices of this machine, the fastest first. Imports torch."""
    import torch

    devices: list[str] = []
    if torch.cuda.is_available():
        devices.append("cuda")
    if torch.backends.mps.is_available():
        devices.append("mps")
    return [*devices, "cpu"]


def resolve_device(wanted: str = AUTO) -> str:
    """The device to use.

    Raises
    ------
    DeviceError
        `wanted` is none that Color Studio knows, or not on this machine.
    """
    if wanted not in DEVICE_CHOICES:
        raise DeviceError(f"There is no device {wanted!r}: give one of {', '.join(DEVICE_CHOICES)}.")
    available = available_devices()
    if wanted == AUTO:
        return available[0]
    if wanted not in available:
        raise DeviceError(
            f"This machine has no device {wanted!r} that torch can use: "
            f"give one of auto, {', '.join(available)}."
        )
    return wanted


def machine_words(device: str) -> str:
    """What computes on a device, beside a time that was measured: such as "2 CPU cores (x86_64)"."""
    if device == "cuda":
        import torch

        return torch.cuda.get_device_name()
    if device != "cpu":
        return f"Apple GPU ({platform.machine()})"
    cores = usable_cores()
    return f"{cores} CPU core{'s' if cores > 1 else ''} ({_processor()})"


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return platform.machine()
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.machine()


def is_out_of_memory(error: BaseException) -> bool:
    """Whether an exception of torch or numpy says that memory ran out."""
    import torch

    if isinstance(error, MemoryError | torch.OutOfMemoryError):
        return True
    text = str(error).lower()
    return isinstance(error, RuntimeError) and (
        "out of memory" in text
        or "not enough memory" in text
        or "can't allocate memory" in text
        or "alloc_failed" in text  # cuBLAS and cuDNN
    )


def release_memory(device: str) -> None:
    """Give the device's cached memory back, before trying again with less."""
    import torch

    if device == "cuda":
        torch.cuda.empty_cache()
    elif device == "mps":
        torch.mps.empty_cache()
