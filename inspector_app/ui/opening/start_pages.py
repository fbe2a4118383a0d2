"""What the window shows while no inspection is open: the first page, and the one for a new one."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QSettings, Signal, Slot

from inspector_app.document.jobs.job_context import JobCancelled
from inspector_app.frameworks.load import find_faults, list_frameworks
from inspector_app.organisation import find_organisation
from inspector_app.ui.opening.recent_files import get_recent_facts, list_recent_files

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from PySide6.QtWidgets import QStackedWidget

    from inspector_app.errors import Fault
    from inspector_app.frameworks.model import Framework
    from inspector_app.ui.opening.new_inspection import NewInspection, NewInspectionPage
    from inspector_app.ui.opening.welcome import WelcomePage
    from inspector_app.ui.prompts import Prompts
    from inspector_app.ui.widgets.disk_waiting import DiskWaiting

_LAST_FRAMEWORK = "new_inspection/framework"


class StartPages(QObject):
    """Makes the two pages when they are shown first, and shows them in the window's stack."""

    file_wanted = Signal(object)
    """The person chose a recent inspection or a sample; carries its path."""
    new_wanted = Signal()
    """The person wants to begin a new inspection."""
    open_wanted = Signal()
    """The person wants to choose the file of an inspection."""
    copies_wanted = Signal()
    """The person wants to see all copies that there are on this computer."""
    inspection_wanted = Signal(object)
    """The person wants a new inspection; carries the `NewInspection`."""
    new_cancelled = Signal()
    """The person wants none after all."""

    def __init__(
        self,
        stack: QStackedWidget,
        settings: QSettings,
        prompts: Prompts,
        make_sample: Callable[[str], Path],
        disk: DiskWaiting,
    ) -> None:
        """Show nothing yet.

        Args:
            stack: Where pages are shown.
            settings: Where recent files are remembered.
            prompts: What asks the person.
            make_sample: Gives the file of a sample inspection by the sample's name.
            disk: Waits for an organisation's folder.
        """
        super().__init__(stack)
        self._stack = stack
        self._settings = settings
        self._prompts = prompts
        self._make_sample = make_sample
        self._disk = disk
        self._welcome: WelcomePage | None = None
        self._new: NewInspectionPage | None = None

    def show_welcome(self) -> None:
        """Show the first page."""
        paths = list_recent_files(self._settings)
        facts = [(path, get_recent_facts(self._settings, path)) for path in paths]
        welcome = self._welcome = self._welcome or self._make_welcome()
        welcome.show_recent(facts)
        self._stack.setCurrentWidget(welcome)

    def start_new(self) -> bool:
        """Show the page for a new inspection, and tell whether one can be started."""
        page = self._new = self._new or self._make_new()
        with self._prompts.telling("No inspection can be started."), suppress(JobCancelled):
            organisation = find_organisation()
            frameworks, faults = (
                (list_frameworks(), [])
                if organisation is None
                else self._disk.wait(organisation, lambda _: _look_into(organisation))
            )
            page.start(frameworks, str(self._settings.value(_LAST_FRAMEWORK, "")))
            page.show_faults(list(map(str, faults)))
            self._stack.setCurrentWidget(page)
            page.focus_first()
            return True
        return False

    @Slot()
    def follow_recent(self) -> None:
        """Have the first page, where it is shown, name what is still remembered."""
        if self._stack.currentWidget() is self._welcome:
            self.show_welcome()

    def _make_welcome(self) -> WelcomePage:
        from inspector_app.ui.opening.welcome import WelcomePage

        page = WelcomePage(self._stack)
        page.new_wanted.connect(self.new_wanted)
        page.open_wanted.connect(self.open_wanted)
        page.copies_wanted.connect(self.copies_wanted)
        page.recent_wanted.connect(self.file_wanted)
        page.sample_wanted.connect(self._on_sample_wanted)
        self._stack.addWidget(page)
        return page

    def _make_new(self) -> NewInspectionPage:
        from inspector_app.ui.opening.new_inspection import NewInspectionPage

        page = NewInspectionPage(self._stack)
        page.wanted.connect(self._on_wanted)
        page.cancelled.connect(self.new_cancelled)
        self._stack.addWidget(page)
        return page

    @Slot(object)
    def _on_wanted(self, wanted: NewInspection) -> None:
        self._settings.setValue(_LAST_FRAMEWORK, wanted.framework.id)
        self.inspection_wanted.emit(wanted)

    @Slot(str)
    def _on_sample_wanted(self, name: str) -> None:
        with self._prompts.telling("The sample was not opened."):
            self.file_wanted.emit(self._make_sample(name))


def _look_into(organisation: Path) -> tuple[tuple[Framework, ...], list[Fault]]:
    """Return the frameworks of an organisation's folder and ours, and what is wrong with it."""
    # Imported here: most start without one.
    from inspector_app.checks.list_faults import find_list_faults

    return list_frameworks(), [*find_faults(organisation), *find_list_faults(organisation)]
