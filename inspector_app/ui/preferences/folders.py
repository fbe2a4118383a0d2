"""The section of the preferences that says where things lie, and checks templates of one's own."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Slot
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from inspector_app.document.jobs.worker_process import WorkerProcess
from inspector_app.document.templates import MOST_SECONDS, ToldCheck, tell_template_check
from inspector_app.domain.inspection import Inspection
from inspector_app.texts import pluralise
from inspector_app.ui.preferences.sections import PreferencesSection
from inspector_app.ui.widgets.buttons import make_button
from inspector_app.ui.widgets.labels import make_label
from inspector_app.ui.widgets.layouts import STRETCH, add_all

if TYPE_CHECKING:
    from inspector_app.errors import InspectorError
    from inspector_app.ui.preferences.preferences import Preferences
    from inspector_app.ui.prompts import Prompts


class FolderField(QWidget):
    """A folder: typed or chosen. It is stored once it is there, and told when it is not."""

    def __init__(
        self,
        section: PreferencesSection,
        preferences: Preferences,
        prompts: Prompts,
        name: str,
        usual: str,
    ) -> None:
        super().__init__(section)
        self._preferences = preferences
        self._prompts = prompts
        self._name = name
        self.line = QLineEdit(str(getattr(preferences, name) or ""), self)
        self.line.setPlaceholderText(usual)
        self.line.setClearButtonEnabled(True)
        self.choose = make_button("Choose…", f"preference_{name}_choose", "Choose a folder", self)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        add_all(row, (self.line, 1), self.choose)
        self.setFocusProxy(self.line)
        self.problem = make_label("", "problem", section, f"preference_{name}_problem")
        self.problem.hide()
        self.line.editingFinished.connect(self.store)
        self.choose.clicked.connect(self._on_choose)

    @Slot()
    def store(self) -> None:
        """Take what stands in the line, if there is such a folder or nothing."""
        text = self.line.text().strip()
        folder = Path(text).expanduser() if text else None
        there = folder is None or (folder.is_absolute() and _is_folder(folder))
        self.problem.setText("" if there else "There is no such folder: the one before is kept.")
        self.problem.setVisible(not there)
        if there:
            setattr(self._preferences, self._name, folder)

    @Slot()
    def _on_choose(self) -> None:
        start = getattr(self._preferences, self._name) or Path.home()
        folder = self._prompts.ask_folder(start)
        if folder is not None:
            self.line.setText(str(folder))
            self.store()


class FoldersSection(PreferencesSection):
    """Where inspections, reports and templates lie."""

    def __init__(self, preferences: Preferences, prompts: Prompts) -> None:
        super().__init__("Folders", "Where dialogs start, and what reports are made from.")
        self._preferences = preferences
        self._prompts = prompts
        self._add_folder("&Inspections", "inspections_folder", "Your documents", "New inspections")
        self._add_folder("Exported &reports", "reports_folder", "Beside the inspection", "Reports")
        self._templates = self._add_folder(
            "Report te&mplates of your own",
            "templates_folder",
            "The ones that come with Inspector",
            "Templates, styles.toml and house_style.docx",
        )
        tip = "Render whole samples, and name every fault with file and line"
        self._check = make_button("&Check templates", "check_templates", tip, self)
        self._check.clicked.connect(self._on_check)
        self._worker: WorkerProcess | None = None
        self._result = make_label("", "hint", self, "check_templates_result")
        row = QHBoxLayout()
        add_all(row, self._check, (self._result, 1))
        add_all(self.column, 8, row, STRETCH)

    def _add_folder(self, text: str, name: str, usual: str, tip: str) -> FolderField:
        field = FolderField(self, self._preferences, self._prompts, name, usual)
        self.add(text, field, f"{name}_row", tip)
        field.line.setObjectName(f"preference_{name}")
        field.line.setAccessibleName(text.replace("&", ""))
        field.line.setToolTip(f"{tip}; empty: {usual[0].lower()}{usual[1:]}")
        field.choose.setAccessibleName(f"Choose: {text.replace('&', '')}")
        self.column.addWidget(field.problem)
        return field

    @Slot()
    def _on_check(self) -> None:
        self._templates.store()
        folder = self._preferences.templates_folder
        self._check.setEnabled(False)
        self._result.setText("Rendering whole samples…")
        # Templates of others may do anything: they are not rendered in this process.
        self._worker = WorkerProcess(Inspection, lambda _: None, self)
        self.destroyed.connect(self._worker.close)
        self._worker.run_job(
            tell_template_check,
            (str(folder) if folder is not None else None,),
            ToldCheck,
            self._on_checked,
            self._on_not_checked,
            seconds=MOST_SECONDS,
        )

    def _end_check(self) -> None:
        self._check.setEnabled(True)
        if self._worker is not None:
            # Closed once it has told everything.
            QTimer.singleShot(0, self._worker, self._worker.close)
            self._worker = None

    def _on_not_checked(self, error: InspectorError) -> None:
        self._end_check()
        self._result.setText(str(error))

    def _on_checked(self, check: ToldCheck) -> None:
        self._end_check()
        if not check.faults:
            self._result.setText(f"Nothing wrong: {check.checked} templates checked.")
            return
        found = pluralise(len(check.faults), "fault")
        self._result.setText(f"{found}. Reports are made with Inspector's own templates.")
        self._prompts.show_list(f"{found} in {check.folder}", "\n".join(check.faults))


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except (OSError, ValueError):
        return False
