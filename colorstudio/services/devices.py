"""Where networks run: a CUDA card, Apple's MPS, or the CPU."""

from __future__ import annotations

from colorstudio.errors import DeviceError

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
