"""The coloured photo on paper and in a PDF."""

from __future__ import annotations

import io
import re
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import QMarginsF, QRectF, Qt
from PySide6.QtGui import QPageLayout, QPageSize
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from colorstudio.document.compositor import composite
from colorstudio.errors import PhotoWriteError
from colorstudio.gui.finished import FinishedPhoto
from colorstudio.gui.main_window import MainWindow
from colorstudio.gui.messages import Severity
from colorstudio.gui.printing import placed, print_on, write_pdf
from colorstudio.progress import ProgressToken

WAIT_MS = 20_000
Opener = Callable[[Path], None]
Maker = Callable[..., Path]
_NUMBER = rb"(-?[\d.]+)"


class Page:
    """What a PDF of ours shows: its one page, in points, and the picture on it."""

    def __init__(self, path: Path) -> None:
        data = path.read_bytes()
        assert data.startswith(b"%PDF-")
        assert len(re.findall(rb"/Type\s*/Page\b", data)) == 1
        box = re.search(rb"/MediaBox\s*\[" + rb"\s*".join([_NUMBER] * 4), data)
        assert box is not None
        self.width, self.height = float(box[3]), float(box[4])
        streams = [
            match.end()
            for match in re.finditer(rb"stream\r?\n", data)
            if data[match.start() - 3 :][:3] != b"end"
        ]
        self.picture: Any = None
        for start in streams:
            stream = data[start : data.index(b"endstream", start)]
            if stream.startswith(b"\xff\xd8"):
                self.picture = np.asarray(Image.open(io.BytesIO(stream)).convert("RGB"))
                continue
            drawing = zlib.decompressobj().decompress(stream) if stream[:1] == b"x" else b""
            # The picture is the unit square under the product of these matrices.
            matrices = re.findall(rb"\s".join([_NUMBER] * 6) + rb"\s+cm\b", drawing)
            if rb" Do" in drawing and matrices:
                product = np.eye(3)
                for matrix in matrices:
                    a, b, c, d, e, f = map(float, matrix)
                    product = np.array([[a, b, 0], [c, d, 0], [e, f, 1]]) @ product
                corners = np.array([[0, 0, 1], [1, 1, 1]]) @ product
                self.low, self.high = corners[:, :2].min(axis=0), corners[:, :2].max(axis=0)


@pytest.fixture
def coloured(window: MainWindow, open_photo: Opener, make_photo: Maker) -> MainWindow:
    open_photo(make_photo())
    return window


def finished(window: MainWindow) -> FinishedPhoto:
    made = FinishedPhoto.at_hand(window.session)
    assert made is not None
    return made


@pytest.mark.parametrize(
    ("size", "wanted"),
    [((300, 200), QRectF(10, 170, 600, 400)), ((100, 400), QRectF(210, 20, 175, 700))],
)
def test_a_picture_fills_the_page_in_its_middle(size: tuple[int, int], wanted: QRectF) -> None:
    page = QRectF(10, 20, 600, 700)
    assert placed(size, page).center() == page.center()
    target = placed(size, page)
    assert (target.width(), target.height()) == (wanted.width(), wanted.height())


def test_a_pdf_has_the_photo_in_the_middle_of_one_page(coloured: MainWindow, tmp_path: Path) -> None:
    result = finished(coloured)
    path = tmp_path / "page.pdf"
    layout = QPageLayout(
        QPageSize(QPageSize.PageSizeId.A4), QPageLayout.Orientation.Landscape, QMarginsF(36, 36, 36, 36)
    )
    write_pdf(result, path, layout, ProgressToken(), print)
    page = Page(path)
    assert (page.width, page.height) == pytest.approx((842, 595), abs=1)
    # 320 x 200 in 770 x 523 points between the margins.
    assert page.low == pytest.approx([36, (595 - 770 / 1.6) / 2], abs=1.5)
    assert page.high == pytest.approx([842 - 36, (595 + 770 / 1.6) / 2], abs=1.5)
    wanted = composite(result.photo.luminance, result.colouring.chroma)
    assert page.picture.shape == wanted.shape
    assert np.abs(page.picture.astype(int) - wanted).mean() < 3  # it is kept as a JPEG


def test_a_printer_gets_the_same_page(coloured: MainWindow, tmp_path: Path) -> None:
    path = tmp_path / "paper.pdf"
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFileName(str(path))
    printer.setPageLayout(
        QPageLayout(
            QPageSize(QPageSize.PageSizeId.A4), QPageLayout.Orientation.Portrait, QMarginsF(36, 36, 36, 36)
        )
    )
    print_on(finished(coloured), printer, ProgressToken(), print)
    page = Page(path)
    assert (page.width, page.height) == pytest.approx((595, 842), abs=1)
    assert page.low == pytest.approx([36, (842 - 523 / 1.6) / 2], abs=1.5)
    assert page.high[0] == pytest.approx(595 - 36, abs=1.5)


def test_a_printer_that_refuses_is_named(coloured: MainWindow, tmp_path: Path) -> None:
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFileName(str(tmp_path / "nowhere" / "page.pdf"))
    with pytest.raises(PhotoWriteError, match=r"portrait\.png was not printed"):
        print_on(finished(coloured), printer, ProgressToken(), print)


def test_the_paper_shows_through_what_is_transparent(
    window: MainWindow, open_photo: Opener, tmp_path: Path
) -> None:
    path = tmp_path / "cut out.png"
    alpha = np.zeros((48, 64), np.uint8)
    alpha[:, 32:] = 255
    Image.merge("LA", (Image.new("L", (64, 48), 20), Image.fromarray(alpha))).save(path)
    open_photo(path)
    write_pdf(finished(window), tmp_path / "page.pdf", QPrinter().pageLayout(), ProgressToken(), print)
    picture = Page(tmp_path / "page.pdf").picture
    assert picture[:, :24].min() > 245
    assert picture[:, 40:].max() < 60


def test_a_photo_is_never_replaced_by_its_pdf(coloured: MainWindow, tmp_path: Path) -> None:
    photo = tmp_path / "portrait.png"
    stored = photo.read_bytes()
    with pytest.raises(PhotoWriteError, match="choose another name"):
        write_pdf(finished(coloured), photo, QPrinter().pageLayout(), ProgressToken(), print)
    assert photo.read_bytes() == stored


def test_without_a_printer_a_pdf_is_offered(qtbot: QtBot, coloured: MainWindow, tmp_path: Path) -> None:
    coloured.printing.printer_names = list
    coloured.activateWindow()
    coloured.canvas.setFocus()
    qtbot.keyClick(coloured.canvas, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    item = coloured.message_bar.items[0]
    assert "no printer" in item.message.text
    qtbot.mouseClick(item.buttons[0], Qt.MouseButton.LeftButton)
    dialog = coloured.findChild(QFileDialog, "pdfDialog")
    assert dialog is not None
    assert Path(dialog.selectedFiles()[0]).name == "portrait-colour.pdf"
    dialog.fileSelected.emit(str(tmp_path / "grandma.pdf"))
    dialog.close()
    qtbot.waitUntil(lambda: coloured.message_bar.messages[0].severity is Severity.SUCCESS, timeout=WAIT_MS)
    page = Page(tmp_path / "grandma.pdf")
    assert page.width > page.height  # as the photo lies
    assert coloured.message_bar.messages[0].text == "Saved grandma.pdf."


def test_the_systems_dialog_is_asked(qtbot: QtBot, coloured: MainWindow, tmp_path: Path) -> None:
    coloured.printing.printer_names = lambda: ["Somewhere"]
    coloured.actions_by_name["print"].trigger()
    dialog = coloured.printing.dialog
    assert dialog is not None
    assert dialog.isVisible()
    assert dialog.printer().pageLayout().orientation() is QPageLayout.Orientation.Landscape
    dialog.printer().setOutputFileName(str(tmp_path / "from the dialog.pdf"))
    # Its own button first asks a printer that this machine need not have.
    dialog.accepted.emit(dialog.printer())
    dialog.close()
    qtbot.waitUntil((tmp_path / "from the dialog.pdf").exists, timeout=WAIT_MS)
    qtbot.waitUntil(lambda: coloured.message_bar.messages[0].severity is Severity.SUCCESS, timeout=WAIT_MS)
    assert coloured.printing.dialog is None


def test_a_failure_is_told(qtbot: QtBot, coloured: MainWindow, tmp_path: Path) -> None:
    coloured.actions_by_name["save_pdf"].trigger()
    dialog = coloured.findChild(QFileDialog, "pdfDialog")
    assert dialog is not None
    dialog.fileSelected.emit(str(tmp_path / "nowhere" / "x.pdf"))
    dialog.close()
    qtbot.waitUntil(lambda: coloured.message_bar.messages[0].severity is Severity.ERROR, timeout=WAIT_MS)
    assert "there is no folder" in coloured.message_bar.messages[0].text
