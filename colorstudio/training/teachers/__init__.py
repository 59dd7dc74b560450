"""What each architecture is taught by: the losses of one kind of network, and what steps its weights."""

from __future__ import annotations

import importlib

from colorstudio.training.teachers.teacher import Setting, Teacher

__all__ = ["TEACHERS", "Setting", "Teacher", "teacher_class"]

# Module and class, imported when they are needed.
TEACHERS: dict[str, tuple[str, str]] = {
    "hinted": ("hinted", "HintedTeacher"),
    "iizuka2016": ("iizuka2016", "Iizuka2016Teacher"),
    "eccv16": ("eccv16", "Eccv16Teacher"),
    "larsson2016": ("larsson2016", "Larsson2016Teacher"),
    "siggraph17": ("siggraph17", "Siggraph17Teacher"),
    "encoder_decoder": ("unet", "UNetTeacher"),
    "mleu": ("unet", "UNetTeacher"),
    "zaman2020": ("zaman2020", "Zaman2020Teacher"),
    "koalarization": ("squared_error", "SquaredErrorTeacher"),
    "cao2017": ("cao2017", "Cao2017Teacher"),
    "chromagan": ("chromagan", "ChromaGanTeacher"),
}


def teacher_class(architecture: str) -> type[Teacher]:
    """The teacher of an architecture that the registry knows."""
    module, name = TEACHERS[architecture]
    return getattr(importlib.import_module(f"{__name__}.{module}"), name)
