"""Making the entities of an inspection from checked content."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, TypeVar, get_args

import msgspec

from inspector_app.content.format import GRID, GROUPS, SERVICES
from inspector_app.content.identities import (
    Identities,
    get_external_id,
    get_inner_id,
    get_links,
)
from inspector_app.domain.entities import (
    Action,
    ActionStrength,
    AnyEntity,
    Attachment,
    Block,
    Details,
    EvidenceNote,
    KeyQuestion,
    Notice,
    Person,
    PreviousBreach,
    Section,
    Service,
    SetAside,
    Topic,
)
from inspector_app.domain.order import positions_for
from inspector_app.domain.states import STATE_NAMES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from inspector_app.content.attachments import AttachmentFiles
    from inspector_app.content.parsing import Content
    from inspector_app.domain.entities import State

E = TypeVar("E", bound="AnyEntity")


class EntityBuilder:
    """Makes the entities of one inspection, each after its parent."""

    def __init__(self, content: Content, files: AttachmentFiles) -> None:
        self._content = content
        self._files = files
        self._entities: list[AnyEntity] = []
        self._attachments: dict[str, str] = {}
        self._ids = Identities(content)
        self._root = self._ids.get_root(content)

    def build(self) -> list[AnyEntity]:
        """Return the entities."""
        content, root = self._content, self._root
        self._add_details(content)
        self._add_parts(root, content, "")
        self._add_services()
        self._add_attachments()
        self._add_evidence()
        self._add_lists()
        return self._entities

    def _add_details(self, content: Content) -> None:
        provider, location = content.get("provider", {}), content.get("location", {})
        visit, signatory = content.get("visit", {}), content.get("signatory", {})
        previous = _without_empty(content.get("previous_ratings", {}))
        previous_date = previous.pop("date", None)
        self._entities.append(
            Details(
                id=self._root,
                external_id=get_external_id(content),
                framework=content["framework"],
                framework_version=content.get("framework_version", ""),
                regime=content["regime"],
                form=content.get("form", ""),
                state=content.get("state") or None,
                state_dates=_read_state_dates(content.get("state_dates", {})),
                provider_name=provider.get("name", ""),
                provider_id=provider.get("id", ""),
                location_name=location.get("name", ""),
                location_id=location.get("id", ""),
                service_type=location.get("service_type", ""),
                address=tuple(location.get("address", ())),
                telephone=location.get("telephone", ""),
                website=location.get("website", ""),
                registered_activities=tuple(content.get("registered_activities", ())),
                visit_type=visit.get("type") or None,
                announced=visit.get("announced"),
                short_notice=visit.get("short_notice", False),
                visit_dates=tuple(map(date.fromisoformat, visit.get("dates", ()))),
                visit_from=_date(visit.get("from")),
                visit_to=_date(visit.get("to")),
                publication_date=_date(visit.get("publication_date")),
                previous_rating_note=content.get("previous_rating_note", ""),
                previous_ratings=previous,
                previous_rating_date=_date(previous_date),
                ratings=_without_empty(content.get("ratings", {})),
                overall_departure_reason=content.get("overall_departure_reason", ""),
                judgements=_without_empty(content.get("judgements", {})),
                scores=content.get("scores", {}),
                limiters=tuple(content.get("limiters", ())),
                signatory_name=signatory.get("name", ""),
                signatory_title=signatory.get("title", ""),
                own_words=tuple(content.get("own_words", ())),
            )
        )

    def _add(
        self,
        kind: type[E],
        item: Content,
        path: str,
        position: str,
        parent: str | None = None,
        **fields: Any,
    ) -> E:
        """Make a part of an object whose keys are called as the part's fields.

        Args:
            kind: What it is.
            item: The object; what is empty in it is as if it were left out.
            path: Where the object stands.
            position: The part's position.
            parent: Id of the part that it stands under; None: the inspection.
            fields: Those that the object calls otherwise, or has in another form.
        """
        names = kind.__struct_fields__
        own = {
            key: value for key, value in item.items() if key in names and value not in ("", None)
        }
        identity = self._identity(item, path, parent)
        entity = msgspec.convert({**own, **identity, "position": position, **fields}, kind)
        self._entities.append(entity)
        return entity

    def _add_parts(self, owner: str, content: Content, prefix: str) -> None:
        """Add what may stand below the inspection and below each of its services."""
        former = self._content.get("former_headings", {})
        for id_, blocks in content.get("sections", {}).items():
            path = f"{prefix}sections.{id_}"
            title = former.get("sections", {}).get(id_, "")
            section = Section(id=self._ids.get({}, path), parent=owner, section=id_, title=title)
            self._entities.append(section)
            self._add_blocks(section.id, blocks, path)
        self._add_key_questions(owner, content.get("key_questions", {}), prefix)
        self._add_actions(owner, content.get("actions", {}), prefix)
        for item, path, position in _numbered(content, "notices", prefix.removesuffix(".")):
            notice = self._add(Notice, item, path, position, owner)
            self._add_blocks(notice.id, item.get("how_not_met", ()), f"{path}.how_not_met")

    def _add_services(self) -> None:
        """Add services, groups and rows of the grid, in one order."""
        found = [
            (key, item, f"{key}[{index}]")
            for key in (GRID, SERVICES, GROUPS)
            for index, item in enumerate(self._content.get(key, ()))
        ]
        for (key, item, path), position in zip(found, positions_for(len(found)), strict=True):
            fields: dict[str, Any] = {
                name: _without_empty(item.get(name, {}))
                for name in ("ratings", "previous_ratings", "judgements")
            }
            if key != GROUPS:
                fields |= {"name": item.get("service", ""), "row_only": key == GRID}
            service = self._add(Service, item, path, position, **fields)
            self._add_parts(service.id, item, f"{path}.")

    def _add_key_questions(self, parent: str, items: Content, prefix: str) -> None:
        former = self._content.get("former_headings", {}).get("key_questions", {})
        for (id_, item), position in zip(items.items(), positions_for(len(items)), strict=True):
            path = f"{prefix}key_questions.{id_}"
            more = {"key_question": id_, "title": former.get(id_, "")}
            met = tuple(item.get("met_characteristics", ()))
            question = self._add(
                KeyQuestion, item, path, position, parent, met_characteristics=met, **more
            )
            self._add_blocks(question.id, item.get("summary", ()), f"{path}.summary")
            for topic, there, place in _numbered(item, "topics", path):
                entity = self._add(Topic, topic, there, place, question.id)
                self._add_blocks(entity.id, topic.get("body", ()), f"{there}.body")

    def _add_actions(self, parent: str, actions: Content, prefix: str) -> None:
        lines = [
            (strength, line, f"{prefix}actions.{strength}[{index}]")
            for strength in get_args(ActionStrength)
            for index, line in enumerate(actions.get(strength, ()))
        ]
        for (strength, line, path), position in zip(lines, positions_for(len(lines)), strict=True):
            item = {"text": line} if isinstance(line, str) else line
            more = {"strength": strength, "evidence": get_links(item)}
            self._add(Action, item, path, position, parent, **more)

    def _add_attachments(self) -> None:
        """Add the attachments, and note which names notes call them by."""
        for item, path, position in _numbered(self._content, "attachments"):
            kept = self._files.keep(item, f"$.{path}")
            own = {"name": kept.name, "media_type": kept.media_type, "sha256": kept.sha256}
            attachment = self._add(Attachment, item, path, position, **own)
            self._attachments[item["name"]] = attachment.id

    def _add_evidence(self) -> None:
        by_name = self._attachments
        for item, path, position in _numbered(self._content, "evidence"):
            files: list[str] = item.get("attachments", [])
            self._add(
                EvidenceNote,
                item,
                path,
                position,
                attachments=[by_name[name] for name in files if name in by_name],
                missing_attachments={
                    name: index for index, name in enumerate(files) if name not in by_name
                },
            )

    def _add_lists(self) -> None:
        content = self._content
        for item, path, position in _numbered(content, "people"):
            self._add(Person, item, path, position)
        for item, path, position in _numbered(content, "previous_breaches"):
            self._add(PreviousBreach, item, path, position)
        for item, path, position in _numbered(content, "set_aside"):
            self._add(SetAside, item, path, position)

    def _add_blocks(self, parent: str, blocks: Iterable[Content], path: str) -> None:
        flat = list(_flatten(blocks, path))
        for (fields, item, there), position in zip(flat, positions_for(len(flat)), strict=True):
            self._entities.append(
                Block(
                    **self._identity(item, there, parent),
                    position=position,
                    evidence=get_links(item),
                    **fields,
                )
            )

    def _identity(self, item: Content, path: str, parent: str | None = None) -> dict[str, Any]:
        return {
            "id": self._ids.get(item, path),
            "parent": self._root if parent is None else parent,
            "external_id": get_external_id(item),
        }


def _date(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _without_empty(values: Content) -> Content:
    return {key: value for key, value in values.items() if value}


def _numbered(owner: Content, key: str, path: str = "") -> Iterator[tuple[Content, str, str]]:
    """Yield each object of a list with its path and its position."""
    items: list[Content] = owner.get(key, [])
    prefix = f"{path}.{key}" if path else key
    for index, (item, position) in enumerate(zip(items, positions_for(len(items)), strict=True)):
        yield item, f"{prefix}[{index}]", position


def _flatten(blocks: Iterable[Content], path: str) -> Iterator[tuple[dict[str, Any], Content, str]]:
    """Yield the fields of each block and bullet, the object that it stands in, and its path."""
    for index, block in enumerate(blocks):
        there = f"{path}[{index}]"
        if "bullets" in block:
            yield from _flatten_bullets(block["bullets"], f"{there}.bullets", 0)
        else:
            yield _read_block(block), block, there


def _flatten_bullets(
    bullets: Iterable[str | Content], path: str, level: int
) -> Iterator[tuple[dict[str, Any], Content, str]]:
    for index, bullet in enumerate(bullets):
        there = f"{path}[{index}]"
        item: Content = {"text": bullet} if isinstance(bullet, str) else bullet
        if "nested" in item:
            yield from _flatten_bullets(item["nested"], f"{there}.nested", level + 1)
            continue
        yield {"kind": "bullet", "level": level, "text": item["text"]}, item, there
        yield from _flatten_bullets(item.get("bullets", ()), f"{there}.bullets", level + 1)


def _read_block(block: Content) -> dict[str, Any]:
    if "table" in block:
        table: Content = block["table"]
        return {
            "kind": "table",
            "header": tuple(table.get("header", ())),
            "rows": tuple(tuple(row) for row in table.get("rows", ())),
        }
    if "image" in block:
        return {
            "kind": "image",
            "attachment": get_inner_id(block["image"]),
            "caption": block.get("caption", ""),
            "text": block.get("alt", ""),
            "width": block.get("width") or "full",
        }
    kind = next(
        kind for kind in ("paragraph", "heading", "breach", "recommendation") if kind in block
    )
    return {"kind": kind, "text": block[kind], "regulation": block.get("regulation", "")}


def _read_state_dates(dates: Content) -> dict[State, date]:
    filled = _without_empty(dates)
    return {state: date.fromisoformat(filled[state]) for state in STATE_NAMES if state in filled}
