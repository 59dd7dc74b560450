"""The coloured photo as an image, for whatever takes it from here: the clipboard, a printer."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtGui import QImage

from colorstudio.document.compositor import composite
from colorstudio.gui.backend import ColouringResult
from colorstudio.gui.canvas.picture import image_of
from colorstudio.gui.loading import eight_bit, with_alpha
from colorstudio.gui.session import DocumentSession
from colorstudio.imaging.photo import Photo
from colorstudio.progress import ProgressToken


@dataclass(frozen=True, eq=False)
class FinishedPhoto:
    """A photo with its colours as they are at one moment; what comes later changes nothing of it."""

    name: str
    photo: Photo
    colouring: ColouringResult
    saturation: float

    @classmethod
    def at_hand(cls, session: DocumentSession) -> FinishedPhoto | None:
        """What the session shows; None while the colours that belong to the settings are not there."""
        if session.document is None or session.photo is None or session.colouring is None:
            return None
        document = session.document
        return cls(session.photo.source.name, document.photo, session.colouring, document.settings.saturation)

    def image(self, token: ProgressToken) -> QImage:
        """Full size, 8 bit sRGB, with transparency where the photo has it. For a worker thread.

        Raises
        ------
        Cancelled
        """
        pixels = eight_bit(
            composite(self.photo.luminance, self.colouring.chroma, saturation=self.saturation, token=token)
        )
        alpha = self.photo.alpha
        return image_of(pixels if alpha is None else with_alpha(pixels, alpha))
