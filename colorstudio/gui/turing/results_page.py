"""What a Turing test has found: charts, tables, and both as files."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QImage, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPushButton,
    QSizePolicy,
    QTableWidget,
    QTableWidgetItem,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from colorstudio.gui.language import number_words
from colorstudio.gui.theme import GRID, current_theme, dim, scaled_font
from colorstudio.gui.turing.words import count_words, percent_words, question_words, source_titles
from colorstudio.services.turing.charts import Look
from colorstudio.services.turing.results import Results, SourceResult
from colorstudio.services.turing.statistics import Estimate

_BARS_PART, _PIE_PART = 6, 5
_WORDS_WIDTH, _NUMBER_WIDTH = 260, 116  # of the columns of tables, at least


class ChartView(QWidget):
    """A chart that was painted elsewhere.

    Signals
    -------
    outdated
        The size or the theme is another: paint it anew.
    """

    outdated = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._image: QImage | None = None
        self.setMinimumSize(320, 220)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def show_image(self, image: QImage, description: str) -> None:
        self._image = image
        self.setAccessibleDescription(description)
        self.update()

    @property
    def image(self) -> QImage | None:
        return self._image

    def sizeHint(self) -> QSize:
        return QSize(520, 300)

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._image is not None:
            painter = QPainter(self)
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            ratio = self._image.devicePixelRatio()
            size = self._image.width() / ratio, self._image.height() / ratio
            # One for another size keeps its shape until the right one is there.
            scale = min(self.width() / size[0], self.height() / size[1])
            painter.drawImage(QRectF(0, 0, size[0] * scale, size[1] * scale), self._image)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self.outdated.emit()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.PaletteChange:
            self.outdated.emit()
        super().changeEvent(event)


class ResultsPage(QWidget):
    """Shows `Results`; computes and writes nothing itself.

    Signals
    -------
    charts_outdated
        They are to be painted in `chart_sizes`.
    export_charts_requested, export_table_requested, folder_requested, back_requested
    """

    charts_outdated = Signal()
    export_charts_requested = Signal()
    export_table_requested = Signal()
    folder_requested = Signal()
    back_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.results: Results | None = None
        self.title = QLabel()
        self.title.setFont(scaled_font(self.title.font(), 1.5))
        self.summary = QLabel()
        self.summary.setWordWrap(True)
        dim(self.summary)
        self.bars, self.pie = ChartView(), ChartView()
        self.bars.setAccessibleName(self.tr("Chart of the networks"))
        self.pie.setAccessibleName(self.tr("Pie chart of the answers"))
        for chart in (self.bars, self.pie):
            chart.outdated.connect(self.charts_outdated)
        charts = QHBoxLayout()
        charts.setSpacing(2 * GRID)
        charts.addWidget(self.bars, _BARS_PART)
        charts.addWidget(self.pie, _PIE_PART)
        self.networks, self.people, self.preferences = _table(), _table(), _table()
        self.networks.setAccessibleName(self.tr("Networks"))
        self.people.setAccessibleName(self.tr("Participants"))
        self.preferences.setAccessibleName(self.tr("Preferences"))
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)
        self.tabs.addTab(self.networks, self.tr("Networks"))
        self.tabs.addTab(self.people, self.tr("Participants"))
        self.tabs.addTab(self.preferences, self.tr("Preferences"))
        self.back_button = QPushButton(self.tr("&Back"))
        self.back_button.clicked.connect(self.back_requested)
        self.folder_button = QPushButton(self.tr("Show the &answers"))
        self.folder_button.setToolTip(self.tr("The file answers.csv in the folder of the test"))
        self.folder_button.clicked.connect(self.folder_requested)
        self.table_button = QPushButton(self.tr("Export &table…"))
        self.table_button.setToolTip(self.tr("The figures of the networks as CSV, for a spreadsheet"))
        self.table_button.clicked.connect(self.export_table_requested)
        self.charts_button = QPushButton(self.tr("Export &charts…"))
        self.charts_button.setToolTip(self.tr("Both charts on one page, as PDF, PNG or SVG"))
        self.charts_button.setObjectName("primary")
        self.charts_button.clicked.connect(self.export_charts_requested)
        foot = QHBoxLayout()
        foot.setSpacing(GRID)
        foot.addWidget(self.back_button)
        foot.addStretch()
        for button in (self.folder_button, self.table_button, self.charts_button):
            foot.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(3 * GRID, 2 * GRID, 3 * GRID, 2 * GRID)
        column.setSpacing(GRID)
        column.addWidget(self.title)
        column.addWidget(self.summary)
        column.addSpacing(GRID)
        column.addLayout(charts, 5)
        column.addWidget(self.tabs, 4)
        column.addLayout(foot)

    @property
    def chart_sizes(self) -> dict[str, tuple[int, int]]:
        """Width and height of each, in device-independent pixels."""
        return {
            part: (max(view.width(), 1), max(view.height(), 1))
            for part, view in (("bars", self.bars), ("pie", self.pie))
        }

    def show_results(self, results: Results) -> None:
        self.results = results
        self.title.setText(self.tr("Results: {question}").format(question=question_words(results.kind)))
        people, answers = len(results.participants), results.answers
        words = [
            count_words(people, self.tr("1 participant"), self.tr("{count} participants")).format(
                count=people
            ),
            count_words(answers, self.tr("1 answer"), self.tr("{count} answers")).format(count=answers),
            self.tr("Intervals are of 95 %."),
        ]
        if results.damaged:
            one, many = (
                self.tr("1 damaged line was left out."),
                self.tr("{count} damaged lines were left out."),
            )
            words.append(count_words(results.damaged, one, many).format(count=results.damaged))
        self.summary.setText(" · ".join(words))
        self._fill_networks(results)
        self._fill_people(results)
        self._fill_preferences(results)
        self.tabs.setTabVisible(2, results.kind == "ranking")
        for button in (self.table_button, self.charts_button):
            button.setEnabled(results.answers > 0)

    def show_charts(self, bars: QImage, pie: QImage) -> None:
        if self.results is None:
            return
        lines = [f"{_title(row)}: {_figure(row)}" for row in self.results.sources]
        self.bars.show_image(bars, "; ".join(lines))
        self.pie.show_image(pie, self.summary.text())

    # -- tables -------------------------------------------------------------------------------------------

    def _fill_networks(self, results: Results) -> None:
        if results.kind == "ranking":
            heads = [
                self.tr("Network"),
                self.tr("Mean rank"),
                self.tr("Interval"),
                self.tr("Better than average"),
                self.tr("Put first"),
                self.tr("Rankings"),
            ]
            rows = [
                [
                    _title(row),
                    _figure(row),
                    _interval(row.rank, percent=False),
                    percent_words(row.strength.value) if row.strength is not None else "–",
                    str(row.first),
                    str(row.answers),
                ]
                for row in results.sources
            ]
        else:
            real = self.tr("Taken for real") if results.kind == "pairs" else self.tr("Judged natural")
            heads = [
                self.tr("Network"),
                real,
                self.tr("Interval"),
                self.tr("Answers"),
                self.tr("Median time"),
            ]
            rows = [
                [
                    _title(row),
                    _figure(row),
                    _interval(row.real, percent=True),
                    str(row.answers),
                    _seconds(row.seconds),
                ]
                for row in results.sources
            ]
        _fill(self.networks, heads, rows)

    def _fill_people(self, results: Results) -> None:
        heads = [self.tr("Participant"), self.tr("Answers"), self.tr("Median time")]
        rows = [
            [row.name, f"{row.answers} / {results.questions}", _seconds(row.seconds)]
            for row in results.participants
        ]
        if results.kind != "ranking":
            heads += [self.tr("Fooled"), self.tr("Interval")]
            for line, row in zip(rows, results.participants, strict=True):
                fooled = percent_words(row.fooled.value) if row.fooled is not None else "–"
                line += [fooled, _interval(row.fooled, percent=True)]
        _fill(self.people, heads, rows)

    def _fill_preferences(self, results: Results) -> None:
        titles = [_title(row) for row in results.sources]
        rows: list[list[str]] = []
        for place, wins in enumerate(results.preferred):
            cells = [titles[place]]
            for other, won in enumerate(wins):
                games = won + results.preferred[other][place]
                cells.append(percent_words(won / games) if games else "–")
            rows.append(cells)
        _fill(self.preferences, [self.tr("Preferred to →"), *titles], rows)


def chart_look() -> Look:
    """The colours of charts in the theme."""
    theme = current_theme()
    quiet = "#8a8a8a" if theme.is_dark else "#c4c4c4"
    return Look(theme.text, theme.text_dim, theme.text_disabled, quiet, theme.window)


def _title(row: SourceResult) -> str:
    return source_titles().get(row.source, row.title)


def _figure(row: SourceResult) -> str:
    if row.rank is not None:
        return number_words(row.rank.value, 2)
    return percent_words(row.real.value) if row.real is not None else "–"


def _interval(estimate: Estimate | None, *, percent: bool) -> str:
    if estimate is None:
        return "–"
    low, high = estimate.low, estimate.high
    if percent:
        return f"{number_words(low * 100, 1)} – {percent_words(high)}"
    return f"{number_words(low, 2)} – {number_words(high, 2)}"


def _seconds(seconds: float | None) -> str:
    return f"{number_words(seconds, 1)} s" if seconds is not None else "–"


def _table() -> QTableWidget:
    table = QTableWidget()
    table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    table.setShowGrid(False)
    table.setTabKeyNavigation(False)
    table.verticalHeader().hide()
    table.horizontalHeader().setHighlightSections(False)
    return table


def _fill(table: QTableWidget, heads: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Words in the first column, numbers in the others."""
    table.clear()
    table.setColumnCount(len(heads))
    table.setRowCount(len(rows))
    right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
    left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
    for column, words in enumerate(heads):
        item = QTableWidgetItem(words)
        item.setTextAlignment(left if column == 0 else right)
        table.setHorizontalHeaderItem(column, item)
    for line, cells in enumerate(rows):
        for column, words in enumerate(cells):
            item = QTableWidgetItem(words)
            item.setTextAlignment(left if column == 0 else right)
            table.setItem(line, column, item)
    table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
    table.resizeColumnsToContents()
    for column in range(len(heads)):
        least = _WORDS_WIDTH if column == 0 else _NUMBER_WIDTH
        table.setColumnWidth(column, max(table.columnWidth(column) + GRID, least))
