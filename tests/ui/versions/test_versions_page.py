"""The page of versions: keeping one, seeing what differs, going back, in real widgets."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton

from inspector_app.domain.entities import Block, EvidenceNote, Section
from inspector_app.domain.ids import new_id
from inspector_app.storage.reading import open_for_reading
from inspector_app.ui.banners.banners import BackupBanner
from inspector_app.ui.outline.outline import Outline
from inspector_app.ui.pages import versions
from inspector_app.ui.pages.versions import VersionsPage
from inspector_app.ui.versions.difference_model import DIFFERENCE
from inspector_app.ui.versions.version_model import ROW

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from inspector_app.document.inspection_document import InspectionDocument
    from inspector_app.domain.inspection import Inspection
    from inspector_app.ui.shell.main_window import MainWindow

NAME = "Before <b>the</b> review"


class Driver:
    """Uses the page as a person does."""

    def __init__(self, window: MainWindow, path: Path, qtbot: QtBot) -> None:
        window.open_file(path)
        self.window = window
        self.path = path
        self.qtbot = qtbot
        self.show()

    @property
    def document(self) -> InspectionDocument:
        return self.window.findChild(Outline)._document  # noqa: SLF001

    @property
    def page(self) -> VersionsPage:
        return self.window.findChildren(VersionsPage)[-1]

    def show(self) -> None:
        self.window.findChild(Outline).entry_wanted.emit("versions")
        self.qtbot.waitUntil(self.page.isVisible)

    def away(self) -> None:
        self.window.findChild(Outline).entry_wanted.emit("details")

    def keep(self, name: str) -> None:
        self.qtbot.keyClicks(self.page.findChild(QLineEdit, "version_name"), name)
        self.qtbot.keyClick(self.page.findChild(QLineEdit, "version_name"), Qt.Key.Key_Return)

    def click(self, name: str) -> None:
        button = self.page.findChild(QPushButton, name)
        assert button.isEnabled()
        # Where a card has just come up, its buttons get their places first.
        QApplication.processEvents()
        self.qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
        self.wait()

    def choose(self, view: Any, index: QModelIndex) -> None:
        view.scrollTo(index)
        place = view.visualRect(index).center()
        self.qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)
        assert view.currentIndex() == index

    def choose_state(self, kind: str, text: str = "") -> None:
        model = self.page.model
        rows = (model.index(row, 0) for row in range(model.rowCount()))
        index = next(
            index for index in rows if index.data(ROW).kind == kind and text in index.data(ROW).text
        )
        self.choose(self.page.list, index)
        self.wait()

    def wait(self) -> None:
        """Wait until what is different has been looked up."""
        self.qtbot.waitUntil(lambda: not self.page.is_comparing)

    def choose_difference(self, entity: str) -> None:
        index = next(
            index for index in self._list() if index.data(DIFFERENCE).difference.key[0] == entity
        )
        self.choose(self.page.difference_list, index)

    def _list(self) -> Iterator[QModelIndex]:
        model = self.page.differences
        for row in range(model.rowCount()):
            index = model.index(row, 0)
            if index.data(DIFFERENCE) is not None:
                yield index

    def differences(self) -> list[tuple[str, str]]:
        found = [index.data(DIFFERENCE).difference for index in self._list()]
        return [(item.kind, item.key[0]) for item in found]

    def reopened(self) -> Inspection:
        self.window.close()
        with open_for_reading(self.path) as reader:
            return reader.inspection


@pytest.fixture
def driver(window: MainWindow, make_file: Callable[..., Path], qtbot: QtBot) -> Driver:
    return Driver(window, make_file(), qtbot)


def paragraph(inspection: Inspection) -> Block:
    section = next(item for item in inspection.all(Section) if item.section == "background")
    return next(iter(inspection.children(section.id, Block)))


def edit(driver: Driver) -> None:
    """Rewrite one block, delete another, take a note."""
    document = driver.document
    block = paragraph(document.inspection)
    document.set_field(block.id, "text", "About & <i>something</i> else.", "Edit text")
    draft = document.draft()
    draft.delete("para1")
    document.apply_draft(draft, "Delete paragraph")
    draft = document.draft()
    place = draft.position_at_end(document.inspection.id, EvidenceNote)
    draft.create(
        EvidenceNote(id="since", parent=document.inspection.id, position=place, text="Seen since")
    )
    document.apply_draft(draft, "Take note")


def test_a_version_is_kept_under_its_name(driver: Driver) -> None:
    keep = driver.page.findChild(QPushButton, "keep_version")
    assert not keep.isEnabled()
    driver.keep(NAME)
    assert driver.page.model.index(0, 0).data() == "Named versions"
    assert NAME in driver.page.model.index(1, 0).data()
    assert driver.page.name.text() == ""
    driver.window.close()
    with open_for_reading(driver.path) as reader:
        assert reader.history_lines()[0].label == NAME


def test_the_menu_leads_to_the_name(driver: Driver, qtbot: QtBot) -> None:
    driver.away()
    driver.window.findChild(QAction, "action_keep_version").trigger()
    qtbot.waitUntil(driver.page.name.hasFocus)
    qtbot.keyClicks(driver.page.name, "From the menu")
    qtbot.keyClick(driver.page.name, Qt.Key.Key_Return)
    assert "From the menu" in driver.page.model.index(1, 0).data()


def test_one_block_is_restored_and_undone(driver: Driver) -> None:
    before = driver.document.inspection
    block = paragraph(before)
    driver.keep(NAME)
    driver.away()
    edit(driver)
    driver.show()
    driver.choose_state("version")
    assert set(driver.differences()) == {
        ("changed", block.id),
        ("removed", "para1"),
        ("added", "since"),
    }
    driver.choose_difference(block.id)
    shown = driver.page.card.text.toPlainText()
    assert "<i>" in shown
    assert "background" in shown
    driver.click("restore_one")
    assert driver.document.inspection.get(block.id, Block) == block
    assert driver.document.inspection.find("since") is not None
    assert ("changed", block.id) not in driver.differences()

    driver.choose_difference("para1")
    driver.click("restore_one")
    assert driver.document.inspection.find("para1") == before.find("para1")
    driver.document.undo_stack.undo()
    assert driver.document.inspection.find("para1") is None
    driver.document.undo_stack.redo()
    reopened = driver.reopened()
    assert reopened.find("para1") == before.find("para1")
    assert reopened.get(block.id, Block) == block


def test_everything_is_restored_but_notes_taken_since(driver: Driver, prompts: Any) -> None:
    before = driver.document.inspection
    driver.keep(NAME)
    edit(driver)
    edited = driver.document.inspection
    driver.away()
    driver.show()
    driver.choose_state("version")
    driver.click("restore_all")
    ((headline, message, _),) = prompts.questions
    assert NAME in headline
    assert "since and stay: 1" in message
    assert driver.document.inspection == edited, "nothing happens without a yes"
    prompts.confirms = True
    driver.click("restore_all")
    assert driver.differences() == [("added", "since")]
    reopened = driver.reopened()
    assert reopened.find("since") is not None
    assert {item.id for item in reopened} - {"since"} == {item.id for item in before}


def test_one_page_is_restored(driver: Driver, prompts: Any) -> None:
    block = paragraph(driver.document.inspection)
    driver.keep(NAME)
    edit(driver)
    driver.away()
    driver.show()
    driver.choose_state("version")
    driver.choose_difference(block.id)
    prompts.confirms = True
    driver.click("restore_place")
    assert driver.document.inspection.get(block.id, Block) == block
    assert driver.document.inspection.find("para1") is None, "that is on another page"


def test_a_note_taken_since_goes_only_when_asked_for(driver: Driver, prompts: Any) -> None:
    driver.keep(NAME)
    edit(driver)
    driver.away()
    driver.show()
    driver.choose_state("version")
    driver.choose_difference("since")
    assert not driver.page.card.place.isEnabled(), "nothing else is on that page"
    driver.click("restore_one")
    assert "Seen since" in prompts.questions[0][1]
    assert driver.document.inspection.find("since") is not None
    prompts.confirms = True
    driver.click("restore_one")
    assert driver.reopened().find("since") is None


def test_a_state_of_the_history_and_one_of_a_backup(driver: Driver, qtbot: QtBot) -> None:
    document = driver.document
    assert document.backups is not None
    with qtbot.waitSignal(document.backups.changed):
        document.backups.start()
    edit(driver)
    driver.away()
    driver.show()
    driver.choose_state("change", "Edit text")
    assert set(driver.differences()) == {("removed", "para1"), ("added", "since")}
    driver.choose_state("backup")
    assert len(driver.differences()) == 3
    driver.choose_difference("para1")
    driver.click("restore_one")
    assert driver.reopened().find("para1") is not None


def test_a_rating_is_told_in_words_and_restored_alone(driver: Driver) -> None:
    document = driver.document
    root = document.inspection.id
    driver.keep(NAME)
    document.set_field(root, "ratings.safe", "good", "Change rating of Safe")
    document.set_field(root, "ratings.caring", "inadequate", "Change rating of Caring")
    driver.away()
    driver.show()
    driver.choose_state("version")
    model = driver.page.differences
    rows = [model.index(row, 0).data() for row in range(model.rowCount())]
    assert rows[0] == "Ratings"
    row = rows.index("≠  Rating of Safe changed: Good")
    driver.choose(driver.page.difference_list, model.index(row, 0))
    driver.click("restore_one")
    ratings = driver.reopened().details.ratings
    assert (ratings["safe"], ratings["caring"]) == ("inadequate", "inadequate")


def test_the_list_follows_what_is_done(driver: Driver, qtbot: QtBot) -> None:
    driver.choose_state("change")
    edit(driver)
    qtbot.waitUntil(lambda: len(driver.differences()) == 3)
    assert driver.page.list.currentIndex().isValid()


def test_a_backup_stands_in_the_list_as_soon_as_it_is_made(driver: Driver, qtbot: QtBot) -> None:
    backups = driver.document.backups
    assert backups is not None
    model = driver.page.model

    def count() -> int:
        rows = (model.index(row, 0).data(ROW) for row in range(model.rowCount()))
        return sum(row is not None and row.kind == "backup" for row in rows)

    before = count()
    # Nobody looks away, and nothing else happens that the list follows.
    backups.start()
    qtbot.waitUntil(lambda: count() == before + 1)


def test_the_history_is_searched(driver: Driver, qtbot: QtBot) -> None:
    driver.document.who = "Zed"
    edit(driver)
    driver.away()
    driver.show()
    page = driver.page
    qtbot.keyClicks(page.search, "delete PARA")
    assert page.model.states == 1
    page.search.clear()
    qtbot.keyClicks(page.search, "zed")
    assert page.model.states == 3


def test_what_is_published_is_looked_at_only(driver: Driver) -> None:
    edit(driver)
    driver.document.change_state("published")
    driver.show()
    driver.choose_state("change", "Edit text")
    assert driver.differences()
    card = driver.page.card
    assert not any(button.isEnabled() for button in (card.one, card.place, card.all))


def test_a_copy_that_somebody_else_holds_has_its_history(
    driver: Driver, make_window: Callable[[], MainWindow], qtbot: QtBot
) -> None:
    edit(driver)
    driver.document.save()
    copy = driver.path.with_name("copy.inspection")
    driver.document.save_copy(copy, driver.path.parent)
    copy.chmod(0o444)
    other = Driver(make_window(), copy, qtbot)
    assert other.page.model.states == 4
    if not other.document.can_edit:
        assert not other.page.name.isEnabled()


def test_a_new_id_is_no_matter(driver: Driver) -> None:
    """A block that a person typed anew is another one, even with the same words."""
    document = driver.document
    block = paragraph(document.inspection)
    driver.keep(NAME)
    draft = document.draft()
    draft.delete(block.id)
    twin = Block(
        id=new_id(), parent=block.parent, position=block.position, kind="paragraph", text=block.text
    )
    draft.create(twin)
    document.apply_draft(draft, "Type it anew")
    driver.away()
    driver.show()
    driver.choose_state("version")
    assert set(driver.differences()) == {("removed", block.id), ("added", twin.id)}


def test_a_backup_that_fails_is_told_above_the_page(
    driver: Driver, tmp_path: Path, qtbot: QtBot
) -> None:
    backups = driver.document.backups
    assert backups is not None
    banner = driver.window.findChild(BackupBanner)
    assert not banner.isVisible()
    folder = tmp_path / "backups"
    folder.write_text("no folder")
    with qtbot.waitSignal(backups.changed):
        backups.start()
    assert banner.isVisible()
    assert "Your inspection is saved as usual" in banner.text()
    folder.unlink()
    with qtbot.waitSignal(backups.changed):
        backups.start()
    assert not banner.isVisible()


def test_a_state_that_takes_long_is_looked_up_between_the_events(
    driver: Driver, monkeypatch: pytest.MonkeyPatch
) -> None:
    edit(driver)
    driver.away()
    driver.show()
    driver.choose_state("change", "Edit text")
    before = driver.differences()
    driver.choose_state("change", "Take note")
    assert driver.differences() == []
    monkeypatch.setattr(versions, "_AT_ONCE", 0)
    model = driver.page.model
    rows = (model.index(row, 0) for row in range(model.rowCount()))
    index = next(index for index in rows if index.data(ROW).text == "Edit text")
    driver.page.list.setCurrentIndex(index)
    assert driver.page.is_comparing
    assert driver.page.summary.text().startswith("Looking up")
    assert driver.differences() == []
    assert not driver.page.card.isVisible(), "nothing can be restored that is not looked up"
    driver.wait()
    assert driver.differences() == before


def test_restoring_waits_for_what_is_looked_up(
    driver: Driver, monkeypatch: pytest.MonkeyPatch, prompts: Any
) -> None:
    block = paragraph(driver.document.inspection)
    driver.keep(NAME)
    edit(driver)
    driver.away()
    driver.show()
    driver.choose_state("version")
    monkeypatch.setattr(versions, "_AT_ONCE", 0)
    driver.document.set_field(block.id, "text", "Typed in the meantime", "Edit text")
    driver.page.card.all_wanted.emit()
    prompts.confirms = True
    driver.click("restore_all")
    assert driver.document.inspection.get(block.id, Block) == block


def test_times_of_notes_are_told_as_people_write_them(driver: Driver) -> None:
    document = driver.document
    edit(driver)
    document.set_field("since", "when", "2026-11-03T09:30", "Edit time")
    driver.keep(NAME)
    document.set_field("since", "when", "2026-11-04", "Edit time")
    driver.away()
    driver.show()
    driver.choose_state("version")
    driver.choose_difference("since")
    shown = driver.page.card.text.toPlainText()
    assert "2026-11" not in shown
    assert "4 Nov 2026" in driver.page.card.text.accessibleDescription()
    assert "3 Nov 2026, 09:30" in driver.page.card.text.accessibleDescription()
