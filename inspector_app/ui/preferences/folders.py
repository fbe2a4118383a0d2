"""The section of the preferences that says where things lie, and checks templates of one's own."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from inspector_app.document.disk_question import DiskQuestion
from inspector_app.document.templates import (
    MOST_SECONDS,
    CheckedTemplates,
    list_template_faults,
)
from inspector_app.files import is_folder
from inspector_app.texts import pluralise
from inspector_app.ui.preferences.sections import PreferencesSection
from inspector_app.ui.widgets.buttons import add_clear_button, make_button
from inspector_app.ui.widgets.job_progress import JobProgress, LoneJob
from inspector_app.ui.widgets.labels import make_label
from inspector_app.ui.widgets.layouts import STRETCH, add_all

if TYPE_CHECKING:
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
        add_clear_button(self.line)
        self.choose = make_button("Choose…", f"preference_{name}_choose", "Choose a folder", self)
        # Enter belongs to the line.
        self.choose.setAutoDefault(False)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        add_all(row, (self.line, 1), self.choose)
        self.setFocusProxy(self.line)
        # Without one, Qt takes nobody here by the letter of the label.
        self.setFocusPolicy(self.line.focusPolicy())
        self.problem = make_label("", "problem", section, f"preference_{name}_problem")
        self.problem.hide()
        self._question = DiskQuestion(self)
        self._question.silent.connect(self._on_silent)
        self.line.editingFinished.connect(self.store)
        self.choose.clicked.connect(self._on_choose)

    @Slot()
    def store(self) -> None:
        """Take what stands in the line, if there is such a folder or nothing."""
        text = self.line.text().strip()
        folder = Path(text).expanduser() if text else None
        if folder is None or not folder.is_absolute():
            self._question.drop()
            self._take(folder, there=folder is None)
        else:
            self._say("")
            self._question.ask(
                folder, lambda: is_folder(folder), lambda there: self._take(folder, there=there)
            )

    def _take(self, folder: Path | None, *, there: bool) -> None:
        self._say(
            "" if there else ("This folder does not exist. Inspector still uses the one before.")
        )
        if there:
            setattr(self._preferences, self._name, folder)

    def _say(self, problem: str) -> None:
        self.problem.setText(problem)
        self.problem.setVisible(bool(problem))

    @Slot()
    def _on_silent(self) -> None:
        self._say("This folder does not answer. Inspector uses it as soon as it does.")

    @Slot()
    def _on_choose(self) -> None:
        start = getattr(self._preferences, self._name) or Path.home()
        folder = self._prompts.ask_folder(start)
        if folder is not None:
            self.line.setText(str(folder))
            self.store()

    def leave(self) -> None:
        """Ask nothing more."""
        self._question.close()


class FoldersSection(PreferencesSection):
    """Where inspections, reports and templates lie."""

    def __init__(self, preferences: Preferences, prompts: Prompts) -> None:
        super().__init__(
            "Folders", "Where dialogs start, and which templates reports are made from."
        )
        self._preferences = preferences
        self._prompts = prompts
        # A worker of its own: templates may loop, and there may be no inspection open.
        self._job = LoneJob(self)
        self._add_folder("&Inspections", "inspections_folder", "Your documents", "New inspections")
        self._add_folder("Exported &reports", "reports_folder", "Beside the inspection", "Reports")
        self._add_folder(
            "Your &organisation",
            "organisation_folder",
            "None",
            "Frameworks, report templates and words of your organisation; used for what is opened "
            "next",
        )
        self._templates = self._add_folder(
            "Report te&mplates of your own",
            "templates_folder",
            "Your organisation's, else Inspector's own",
            "A folder with report templates that you changed",
        )
        tip = "Try the templates on whole samples, and list every problem with its file and line"
        self._check = make_button("&Check templates", "check_templates", tip, self)
        self._check.setAutoDefault(False)
        self._check.clicked.connect(self._on_check)
        self._result = make_label("", "hint", self, "check_templates_result")
        row = QHBoxLayout()
        add_all(row, self._check, (self._result, 1))
        add_all(self.column, 8, row, STRETCH)

    def _add_folder(self, text: str, name: str, usual: str, tip: str) -> FolderField:
        field = FolderField(self, self._preferences, self._prompts, name, usual)
        self.add(text, field, f"{name}_row", tip)
        field.line.setObjectName(f"preference_{name}")
        field.line.setAccessibleName(text.replace("&", ""))
        field.line.setToolTip(f"{tip}. If it is empty: {usual[0].lower()}{usual[1:]}")
        field.choose.setAccessibleName(f"Choose: {text.replace('&', '')}")
        self.column.addWidget(field.problem)
        return field

    @Slot()
    def _on_check(self) -> None:
        self._templates.store()
        folder = self._preferences.templates_folder
        self._job.run(
            JobProgress(
                "Checking templates", "check", "Stop checking (Esc)", "Checking…", self.window()
            ),
            list_template_faults,
            (None if folder is None else str(folder),),
            CheckedTemplates,
            self._on_checked,
            lambda error: self._result.setText(str(error)),
            seconds=MOST_SECONDS,
        )

    def _on_checked(self, check: CheckedTemplates) -> None:
        found = pluralise(len(check.faults), "fault")
        if check.faults:
            self._result.setText(f"{found}. Reports are made with Inspector's own templates.")
        elif check.remarks:
            found = f"No faults, and {pluralise(len(check.remarks), 'remark')}"
            self._result.setText(f"{found}.")
        else:
            self._result.setText(f"Nothing wrong: {check.checked} templates checked.")
            return
        lines = [*check.faults, *(f"Remark: {remark}" for remark in check.remarks)]
        self._prompts.show_list(f"{found} in {check.folder}", "\n".join(lines))

    @Slot()
    def leave(self) -> None:
        """Ask nothing more, and check nothing more."""
        self._job.stop()
        for field in self.findChildren(FolderField):
            field.leave()
