"""The coloured photo onto paper, or into a PDF: as large as the page has room, in its middle."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QBuffer, QByteArray, QCoreApplication, QIODevice, QObject, QRectF, Qt
from PySide6.QtGui import QImage, QPagedPaintDevice, QPageLayout, QPainter, QPdfWriter
from PySide6.QtPrintSupport import QAbstractPrintDialog, QPrintDialog, QPrinter, QPrinterInfo
from PySide6.QtWidgets import QDialog, QFileDialog

from colorstudio import __version__
from colorstudio.errors import PhotoWriteError
from colorstudio.gui.desktop import show_in_folder
from colorstudio.gui.finished import FinishedPhoto
from colorstudio.gui.jobs import Deliver
from colorstudio.gui.messages import Message, Remedy, Severity, words_for
from colorstudio.imaging.atomic import atomic_write
from colorstudio.imaging.writing import refuse_inputs
from colorstudio.progress import ProgressToken

if TYPE_CHECKING:
    from colorstudio.gui.main_window import MainWindow

_TOPIC = "print"
_PDF_DPI = 600


def placed(size: tuple[int, int], page: QRectF) -> QRectF:
    """Where a picture of this width and height goes on a page: as large as it fits, in the middle."""
    width, height = size
    scale = min(page.width() / width, page.height() / height)
    target = QRectF(0, 0, width * scale, height * scale)
    target.moveCenter(page.center())
    return target


def _paint_page(device: QPagedPaintDevice, dpi: int, image: QImage) -> bool:
    """Whether the device took the picture."""
    painter = QPainter()
    if not painter.begin(device):
        return False
    page = QRectF(device.pageLayout().paintRectPixels(dpi))
    page.moveTo(0, 0)  # the painter starts at the margins
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    painter.drawImage(placed((image.width(), image.height()), page), image)
    return painter.end()


def _on_paper(image: QImage) -> QImage:
    """What is transparent shows the paper."""
    if not image.hasAlphaChannel():
        return image
    paper = QImage(image.size(), QImage.Format.Format_RGB32)
    paper.fill(Qt.GlobalColor.white)
    painter = QPainter(paper)
    painter.drawImage(0, 0, image)
    painter.end()
    return paper


def print_on(result: FinishedPhoto, printer: QPrinter, token: ProgressToken, _deliver: Deliver) -> str:
    """Print on paper; the printer's name. Runs on a worker thread.

    Raises
    ------
    PhotoWriteError, Cancelled
    """
    image = _on_paper(result.image(token))
    printer.setDocName(result.name)
    printer.setCreator(f"Color Studio {__version__}")
    if not _paint_page(printer, printer.resolution(), image):
        words = QCoreApplication.translate(
            "PrintingController",
            "{name} was not printed, {printer} refused it: look whether it is on and has paper, then "
            "print again.",
        )
        raise PhotoWriteError(words.format(name=result.name, printer=printer.printerName()))
    return printer.printerName()


def write_pdf(
    result: FinishedPhoto, path: Path, layout: QPageLayout, token: ProgressToken, _deliver: Deliver
) -> Path:
    """One page with the picture as a PDF, whole or not at all. Runs on a worker thread.

    Raises
    ------
    PhotoWriteError, Cancelled
    """
    refuse_inputs(path, [result.photo.path] if result.photo.path is not None else [])
    image = _on_paper(result.image(token))
    stored = QByteArray()
    buffer = QBuffer(stored)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setResolution(_PDF_DPI)
    writer.setPageLayout(layout)
    writer.setTitle(result.name)
    writer.setCreator(f"Color Studio {__version__}")
    if not _paint_page(writer, _PDF_DPI, image):
        words = QCoreApplication.translate(
            "PrintingController", "{path} was not written, there was no memory for the page: close a program."
        )
        raise PhotoWriteError(words.format(path=path))
    buffer.close()
    with atomic_write(path) as file:
        file.write(stored.data())
    return path


class PrintingController(QObject):
    """Asks with the system's dialog; without a printer it says so and offers a PDF."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self.printer_names: Callable[[], list[str]] = QPrinterInfo.availablePrinterNames
        self._lane = window.session.new_lane("print")
        self._lane.finished.connect(self._on_printed)
        self._lane.failed.connect(self._on_failed)
        self._printer: QPrinter | None = None  # its settings last as long as the window
        self.dialog: QPrintDialog | None = None
        for name, method in (("print", self.ask), ("save_pdf", self.ask_for_pdf)):
            window.actions_by_name[name].triggered.connect(method)
        for changed in (window.session.coloured, window.session.edited, window.session.closed):
            changed.connect(self._update_actions)
        self._update_actions()

    # -- asking -------------------------------------------------------------------------------------------

    def ask(self) -> None:
        result = FinishedPhoto.at_hand(self._window.session)
        if result is None:
            return
        if not self.printer_names():
            words = self.tr("There is no printer on this computer. The photo can be saved as a PDF instead.")
            remedy = Remedy(self.tr("Save as PDF…"), self.ask_for_pdf)
            self._window.tell(Message(words, Severity.WARNING, (remedy,), _TOPIC))
            return
        if self._printer is None:
            self._printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        self._printer.setPageOrientation(_orientation(result))
        self.dialog = QPrintDialog(self._printer, self._window)
        options = QAbstractPrintDialog.PrintDialogOption
        self.dialog.setOptions(options.PrintToFile | options.PrintShowPageSize)
        self.dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.dialog.accepted.connect(self._on_accepted)
        self.dialog.finished.connect(self._on_dialog_finished)
        QDialog.open(self.dialog)  # its own `open` wants a slot

    def ask_for_pdf(self) -> None:
        result = FinishedPhoto.at_hand(self._window.session)
        if result is None:
            return
        folder = result.photo.path.parent if result.photo.path is not None else Path.home()
        proposal = folder / f"{Path(result.name).stem}-colour.pdf"
        dialog = QFileDialog(self._window, self.tr("Save as PDF"), str(proposal))
        dialog.setObjectName("pdfDialog")
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("pdf")
        dialog.setNameFilter("PDF (*.pdf)")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(self._on_pdf_chosen)
        dialog.open()

    # -- printing -----------------------------------------------------------------------------------------

    def _on_accepted(self) -> None:
        result = FinishedPhoto.at_hand(self._window.session)
        if result is None or self._printer is None:
            return
        if self._printer.outputFileName():  # the dialog's own way of making a PDF
            self._start(
                partial(write_pdf, result, Path(self._printer.outputFileName()), self._printer.pageLayout())
            )
        else:
            self._start(partial(print_on, result, self._printer))

    def _on_dialog_finished(self, _result: int) -> None:
        self.dialog = None

    def _on_pdf_chosen(self, name: str) -> None:
        result = FinishedPhoto.at_hand(self._window.session)
        if result is not None:
            layout = QPrinter().pageLayout()  # the paper and margins that are usual here
            layout.setOrientation(_orientation(result))
            self._start(partial(write_pdf, result, Path(name), layout))

    def _start(self, work: Callable[[ProgressToken, Deliver], object]) -> None:
        self._window.tell(Message(self.tr("Preparing the page…"), topic=_TOPIC))
        self._lane.submit(work)

    def _on_printed(self, where: str | Path) -> None:
        if isinstance(where, Path):
            remedy = Remedy(self.tr("Show in folder"), partial(show_in_folder, where))
            words = self.tr("Saved {name}.").format(name=where.name)
            self._window.tell(Message(words, Severity.SUCCESS, (remedy,), _TOPIC))
        else:
            words = self.tr("Sent the photo to {printer}.").format(printer=where)
            self._window.tell(Message(words, Severity.SUCCESS, topic=_TOPIC))

    def _on_failed(self, error: Exception) -> None:
        self._window.tell(Message(words_for(error, self.tr("printing")), Severity.ERROR, topic=_TOPIC))

    def _update_actions(self) -> None:
        has_result = FinishedPhoto.at_hand(self._window.session) is not None
        for name in ("print", "save_pdf"):
            self._window.actions_by_name[name].setEnabled(has_result)


def _orientation(result: FinishedPhoto) -> QPageLayout.Orientation:
    """The photo's own."""
    height, width = result.photo.shape
    return QPageLayout.Orientation.Landscape if width > height else QPageLayout.Orientation.Portrait
