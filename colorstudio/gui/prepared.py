"""A photo that was turned, cropped or levelled, as the window shows it. Runs on worker threads."""

from __future__ import annotations

from dataclasses import dataclass, replace

from PySide6.QtGui import QImage, QPainter, QTransform

from colorstudio.document.affine import Affine
from colorstudio.document.document import Document
from colorstudio.document.preparation import Preparation, prepare
from colorstudio.gui.canvas.picture import Picture, build_picture
from colorstudio.gui.jobs import Deliver
from colorstudio.gui.loading import OpenedPhoto, gray_pixels, proxy_shape
from colorstudio.imaging.photo import Photo
from colorstudio.progress import ProgressToken


@dataclass(frozen=True, eq=False)
class Prepared:
    """A document's photo as it is to be after a step called `name`."""

    document: Document
    before: Preparation
    name: str
    preparation: Preparation
    view: OpenedPhoto


def prepared(
    document: Document,
    opened: OpenedPhoto,
    before: Preparation,
    name: str,
    preparation: Preparation,
    token: ProgressToken,
    deliver: Deliver,
) -> Prepared:
    """Turn, crop or level a document's photo. Raises `Cancelled`."""
    photo = prepare(document.source, preparation, token.part(0.0, 0.6))
    view = view_of(photo, opened, token.part(0.6, 1.0), deliver)
    return Prepared(document, before, name, preparation, view)


def view_of(photo: Photo, like: OpenedPhoto, token: ProgressToken, _deliver: Deliver) -> OpenedPhoto:
    """What the window needs of a photo that was made from the one that is open.

    Raises
    ------
    Cancelled
    """
    gray = build_picture(gray_pixels(photo), photo.shape, token)
    view = replace(like, photo=photo, gray=gray)
    _ = view.photo.luminance  # here, not on the GUI thread
    return view


def carried(
    picture: Picture, where: Affine, shape: tuple[int, int], *, over: Picture | None = None
) -> Picture:
    """A picture of the photo before as one of the photo after, coarse: for until the right one is there.

    Parameters
    ----------
    where
        What carries places (row, col) from the one to the other, integers being the middles of pixels.
    shape
        Height and width of the photo after.
    over
        What is seen where the picture does not reach, a picture of the photo after.
    """
    height, width = proxy_shape(shape)
    level = picture.level_for(width / shape[1])
    has_alpha = level.hasAlphaChannel()
    image = QImage(width, height, QImage.Format.Format_ARGB32 if has_alpha else QImage.Format.Format_RGB32)
    image.fill(0)
    (a, b, rows), (c, d, cols) = where
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    if over is not None:
        painter.drawImage(image.rect(), over.level_for(width / shape[1]))
    painter.scale(width / shape[1], height / shape[0])
    painter.translate(0.5, 0.5)
    painter.setTransform(QTransform(d, b, c, a, cols, rows), combine=True)
    painter.translate(-0.5, -0.5)
    painter.scale(picture.shape[1] / level.width(), picture.shape[0] / level.height())
    painter.drawImage(0, 0, level)
    painter.end()
    return Picture(shape, (image,))
