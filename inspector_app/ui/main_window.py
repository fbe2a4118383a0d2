"""The main window: open or drop an inspection, read its report, export it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QSettings, Qt, Slot
from PySide6.QtGui import QAction, QKeySequence, QPalette
from PySide6.QtWidgets import QLabel, QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from inspector_app.document.inspection_document import InspectionDocument
from inspector_app.errors import InspectorError
from inspector_app.ui.prompts import DialogPrompts, Prompts
from inspector_app.ui.recent_files import add_recent_file, list_recent_files
from inspector_app.ui.report_view import ReportView
from inspector_app.ui.welcome import WelcomePage

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent

_GEOMETRY = "main_window/geometry"
_LONGEST_TITLE = 120
_BANNER = ("#ffe9a8", "#3a2700")
"""Background and text of the banner, in both themes."""


class MainWindow(QMainWindow):
    """One window on one inspection, or on none yet."""

    def __init__(
        self,
        settings: QSettings,
        backups: Path,
        documents: Path,
        make_sample: Callable[[str], Path],
        prompts: Prompts | None = None,
    ) -> None:
        """Make a window with nothing open.

        Args:
            settings: Where layout and recent files are remembered.
            backups: Folder for copies of files that have to be migrated.
            documents: Folder that dialogs start in.
            make_sample: Gives the file of a sample inspection by the sample's name.
            prompts: What asks the person; None: real dialogs.
        """
        super().__init__()
        self._settings = settings
        self._backups = backups
        self._folder = documents
        self._make_sample = make_sample
        self._prompts: Prompts = prompts or DialogPrompts(self)
        self._document: InspectionDocument | None = None
        self._build()
        self._connect()
        self._refresh()

    def _build(self) -> None:
        self.setAcceptDrops(True)
        self._welcome = WelcomePage(self)
        self._view = ReportView(self)
        self._banner = QLabel(self)
        self._banner.setObjectName("banner")
        self._banner.setTextFormat(Qt.TextFormat.PlainText)
        self._banner.setWordWrap(True)
        self._banner.setMargin(12)
        self._banner.setAutoFillBackground(True)
        palette = self._banner.palette()
        palette.setColor(QPalette.ColorRole.Window, _BANNER[0])
        palette.setColor(QPalette.ColorRole.WindowText, _BANNER[1])
        self._banner.setPalette(palette)
        page = QWidget(self)
        layout = QVBoxLayout(page)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._banner)
        layout.addWidget(self._view)
        self._report_page = page
        self._pages = QStackedWidget(self)
        self._pages.addWidget(self._welcome)
        self._pages.addWidget(page)
        self.setCentralWidget(self._pages)
        self._build_menus()
        self.resize(1000, 760)
        geometry = self._settings.value(_GEOMETRY)
        if isinstance(geometry, QByteArray):
            self.restoreGeometry(geometry)

    def _build_menus(self) -> None:
        file_menu = self.menuBar().addMenu("&File")
        self._open_action = QAction("&Open…", self)
        self._open_action.setShortcut(QKeySequence.StandardKey.Open)
        self._export_action = QAction("&Export report…", self)
        self._export_action.setShortcut(QKeySequence("Ctrl+Shift+E"))
        self._close_action = QAction("&Close", self)
        self._close_action.setShortcuts(QKeySequence.StandardKey.Close)
        self._quit_action = QAction("&Quit", self)
        self._quit_action.setShortcut(QKeySequence("Ctrl+Q"))  # Windows has no standard one
        file_menu.addActions([self._open_action, self._export_action])
        file_menu.addSeparator()
        file_menu.addActions([self._close_action, self._quit_action])
        view_menu = self.menuBar().addMenu("&View")
        self._larger_action = QAction("&Larger text", self)
        self._larger_action.setShortcuts(QKeySequence.StandardKey.ZoomIn)
        self._smaller_action = QAction("&Smaller text", self)
        self._smaller_action.setShortcuts(QKeySequence.StandardKey.ZoomOut)
        view_menu.addActions([self._larger_action, self._smaller_action])
        help_menu = self.menuBar().addMenu("&Help")
        self._about_action = QAction("&About Inspector", self)
        help_menu.addAction(self._about_action)

    def _connect(self) -> None:
        self._open_action.triggered.connect(self._on_open)
        self._export_action.triggered.connect(self._on_export)
        self._close_action.triggered.connect(self._on_close)
        self._quit_action.triggered.connect(self.close)
        self._larger_action.triggered.connect(self._view.enlarge)
        self._smaller_action.triggered.connect(self._view.reduce)
        self._about_action.triggered.connect(self._on_about)
        self._welcome.open_wanted.connect(self._on_open)
        self._welcome.sample_wanted.connect(self._on_sample_wanted)
        self._welcome.recent_wanted.connect(self.open_file)

    def _refresh(self) -> None:
        document = self._document
        self._export_action.setEnabled(document is not None)
        self._close_action.setEnabled(document is not None)
        self._banner.setVisible(document is not None and bool(document.held_by_others))
        if document is None:
            self.setWindowTitle("Inspector")
            self.setWindowFilePath("")
            self._welcome.show_recent(list_recent_files(self._settings))
            self._pages.setCurrentWidget(self._welcome)
            self.statusBar().showMessage("")
            return
        report = document.render()
        self._banner.setText(document.held_by_others)
        self._view.show_report(document, report)
        self._pages.setCurrentWidget(self._report_page)
        title = report.title
        if len(title) > _LONGEST_TITLE:
            title = f"{title[:_LONGEST_TITLE]}…"
        # Qt would put its own mark in place of "[*]", which a location may well be called.
        self.setWindowTitle(f"{title} – Inspector".replace("[*]", "[*][*]"))
        self.statusBar().showMessage("Draft" if report.draft else "Final")

    # -- doing

    @Slot(object)
    def open_file(self, path: Path) -> None:
        """Open an inspection in this window, in place of the one that is open."""
        if self._document is not None and self._document.is_at(path):
            return
        try:
            document = InspectionDocument(path.absolute(), self._backups, self)
        except InspectorError as error:
            self._prompts.show_problem("The inspection was not opened.", str(error))
            self._refresh()
            return
        self._let_go()
        self._document = document
        self._folder = path.absolute().parent
        add_recent_file(self._settings, path.absolute())
        try:
            self._refresh()
        except InspectorError as error:
            self._let_go()
            self._prompts.show_problem("The report could not be shown.", str(error))
            self._refresh()

    @Slot(str)
    def _on_sample_wanted(self, name: str) -> None:
        try:
            path = self._make_sample(name)
        except InspectorError as error:
            self._prompts.show_problem("The sample was not opened.", str(error))
            return
        self.open_file(path)

    @Slot()
    def _on_open(self) -> None:
        path = self._prompts.ask_inspection(self._folder)
        if path is not None:
            self.open_file(path)

    @Slot()
    def _on_export(self) -> None:
        document = self._document
        if document is None:
            return
        proposed = self._folder / f"{document.path.stem}.docx"
        target = self._prompts.ask_report(proposed)
        if target is None:
            return
        try:
            document.export(target)
        except InspectorError as error:
            self._prompts.show_problem("The report was not exported.", str(error))
            return
        self.statusBar().showMessage(f"Exported {target}")

    @Slot()
    def _on_close(self) -> None:
        self._let_go()
        self._refresh()

    @Slot()
    def _on_about(self) -> None:
        self._prompts.show_about()

    def _let_go(self) -> None:
        if self._document is not None:
            self._document.close()
            self._document.deleteLater()
            self._document = None

    # -- Qt

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take files."""
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Open the file that was dropped."""
        paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        if paths:
            event.acceptProposedAction()
            self.open_file(paths[0])

    def closeEvent(self, event: QCloseEvent) -> None:
        """Remember the layout and let the file go."""
        self._settings.setValue(_GEOMETRY, self.saveGeometry())
        self._let_go()
        super().closeEvent(event)
