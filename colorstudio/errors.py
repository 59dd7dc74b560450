"""The one error tree of Color Studio.

Every message is written for the person at the screen: what happened, to which
file, and what to do about it. The command line prints it as it is; the window
shows it as it is. Cancelling is not an error, see `progress.Cancelled`.
"""


class ColorStudioError(Exception):
    """Anything that a user can be told in one sentence."""


class PhotoReadError(ColorStudioError):
    """A photo cannot be read: missing, damaged, too large, or not a photo."""


class PhotoWriteError(ColorStudioError):
    """A result cannot be written: no permission, no space, or over an input."""


class DiskFullError(PhotoWriteError):
    """A result cannot be written because there is no space left for it."""


class StrokesReadError(ColorStudioError):
    """A file of strokes cannot be read: missing, damaged, or not what was meant."""


class PaletteError(ColorStudioError):
    """A palette cannot be read, or cannot be what was asked for."""


class ProjectReadError(ColorStudioError):
    """A project cannot be read: missing, damaged, too large, or of a newer version."""


class ProjectInUseError(ColorStudioError):
    """A project is open somewhere else."""


class ModelError(ColorStudioError):
    """A network is unknown, damaged, or does not fit this version."""


class DeviceError(ColorStudioError):
    """A compute device was asked for that is not there or has no memory left."""


class NothingAlikeError(ColorStudioError):
    """A reference photo shows too little of what the photo shows."""


class UsageError(ColorStudioError):
    """The options contradict each other or have values out of range."""


class TuringError(ColorStudioError):
    """A Turing test cannot be read or begun: damaged, of another test, or nothing to show."""


class TrainingError(ColorStudioError):
    """A training run cannot start or go on: no data, a bad recipe, a checkpoint of another run."""
