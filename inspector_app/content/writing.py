"""Content out: from an inspection to the JSON that carries everything typed into it."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any, assert_never

from inspector_app.content.format import FORMAT, GRID, GROUPS, SERVICES
from inspector_app.content.identities import make_id
from inspector_app.domain.entities import (
    Action,
    Attachment,
    Block,
    Entity,
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

if TYPE_CHECKING:
    from inspector_app.content.parsing import Content
    from inspector_app.domain.inspection import Inspection

ReadAttachment = Callable[[str], bytes | None]


def write_content(inspection: Inspection, read_attachment: ReadAttachment | None) -> bytes:
    """Return an inspection as a content file: UTF-8 JSON.

    Args:
        inspection: What to write.
        read_attachment: Gives the bytes of a SHA-256; None leaves the bytes out.
    """
    content = build_content(inspection, read_attachment)
    return (json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode()


def build_content(inspection: Inspection, read_attachment: ReadAttachment | None) -> Content:
    """Return an inspection as content, in the order of the format's description."""
    return _Writer(inspection, read_attachment).build()


def _filled(**fields: Any) -> Content:
    """Return the fields that hold something: absent and empty mean the same."""
    return {
        key.rstrip("_"): value
        for key, value in fields.items()
        if value is not None and value is not False and value not in ("", [], (), {})
    }


class _Writer:
    def __init__(self, inspection: Inspection, read_attachment: ReadAttachment | None) -> None:
        self._inspection = inspection
        self._read_attachment = read_attachment
        self._names = _name_files(inspection.all(Attachment))

    def build(self) -> Content:
        inspection = self._inspection
        details = inspection.details
        visit = _filled(
            type=details.visit_type,
            short_notice=details.short_notice,
            dates=[day.isoformat() for day in details.visit_dates],
            from_=details.visit_from and details.visit_from.isoformat(),
            to=details.visit_to and details.visit_to.isoformat(),
            publication_date=details.publication_date and details.publication_date.isoformat(),
        )
        if details.announced is not None:
            visit["announced"] = details.announced
        previous_date = details.previous_rating_date
        return {
            "format": FORMAT,
            "framework": details.framework,
            "regime": details.regime,
            "id": get_content_id(details),
            **_filled(
                form=details.form,
                framework_version=details.framework_version,
                state=details.state,
                state_dates={state: day.isoformat() for state, day in details.state_dates.items()},
                provider=_filled(name=details.provider_name, id=details.provider_id),
                location=_filled(
                    name=details.location_name,
                    id=details.location_id,
                    service_type=details.service_type,
                    address=list(details.address),
                    telephone=details.telephone,
                    website=details.website,
                ),
                registered_activities=list(details.registered_activities),
                visit=visit,
                previous_rating_note=details.previous_rating_note,
                previous_ratings={
                    **details.previous_ratings,
                    **_filled(date=previous_date and previous_date.isoformat()),
                },
                previous_breaches=self._list(PreviousBreach, "previous_breaches", _previous_breach),
                limiters=list(details.limiters),
                ratings=dict(details.ratings),
                overall_departure_reason=details.overall_departure_reason,
                judgements=dict(details.judgements),
                scores=dict(details.scores),
                **{key: self._services(key) for key in (GRID, SERVICES, GROUPS)},
                former_headings=self._former_headings(),
                **self._parts(details.id, ""),
                signatory=_filled(name=details.signatory_name, title=details.signatory_title),
                people=self._list(Person, "people", _person),
                own_words=list(details.own_words),
                evidence=[self._evidence_note(note) for note in inspection.all(EvidenceNote)],
                attachments=[self._attachment(item) for item in inspection.all(Attachment)],
                set_aside=self._list(SetAside, "set_aside", _set_aside),
            ),
        }

    def _list(
        self, kind: type[Any], key: str, write: Callable[[Any], Content], parent: str = ""
    ) -> list[Content]:
        items = self._inspection.children(parent or self._inspection.id, kind)
        return [
            {**_own_id(item, f"{key}[{index}]"), **write(item)} for index, item in enumerate(items)
        ]

    def _parts(self, owner: str, prefix: str) -> Content:
        """Return what may stand below the inspection and below each of its services."""
        return {
            "sections": self._sections(owner),
            "key_questions": self._key_questions(owner, prefix),
            "actions": self._actions(owner, prefix),
            "notices": self._list(Notice, f"{prefix}notices", self._notice, owner),
        }

    def _sections(self, owner: str) -> Content:
        found: Content = {}
        for section in self._inspection.children(owner, Section):
            # Two people may each have made the section; nothing of either is left out.
            found.setdefault(section.section, []).extend(self._blocks(section.id))
        return found

    def _former_headings(self) -> Content:
        parts = [item for item in self._inspection if isinstance(item, Section | KeyQuestion)]
        return _filled(
            sections={
                item.section: item.title
                for item in parts
                if isinstance(item, Section) and item.title
            },
            key_questions={
                item.key_question: item.title
                for item in parts
                if isinstance(item, KeyQuestion) and item.title
            },
        )

    def _services(self, key: str) -> list[Content]:
        items = [item for item in self._inspection.all(Service) if self._get_list(item) == key]
        services = []
        for index, service in enumerate(items):
            path = f"{key}[{index}]"
            fields = _filled(
                **{"name" if key == GROUPS else "service": service.name},
                group=service.group,
                left_out=service.left_out,
                previous_ratings=dict(service.previous_ratings),
                previous_dates=dict(service.previous_dates),
                ratings=dict(service.ratings),
                dates=dict(service.dates),
                overall_departure_reason=service.overall_departure_reason,
                judgements=dict(service.judgements),
                scores=dict(service.scores),
                **self._parts(service.id, f"{path}."),
            )
            services.append({**_own_id(service, path), **fields})
        return services

    def _get_list(self, service: Service) -> str:
        """Return the list that a service stands in; the grid has no more than ratings and dates."""
        if service.group:
            return GROUPS
        row = Service(
            id=service.id,
            parent=service.parent,
            position=service.position,
            external_id=service.external_id,
            row_only=True,
            name=service.name,
            ratings=service.ratings,
            dates=service.dates,
        )
        alone = service == row and not any(True for _ in self._inspection.descendants(service.id))
        return GRID if alone else SERVICES

    def _key_questions(self, parent: str, prefix: str) -> Content:
        inspection = self._inspection
        found: Content = {}
        for item in inspection.children(parent, KeyQuestion):
            path = f"{prefix}key_questions.{item.key_question}"
            # As with sections, there may be two.
            content = found.setdefault(
                item.key_question, {**_own_id(item, path), "summary": [], "topics": []}
            )
            content["summary"] += self._blocks(item.id)
            if item.met_characteristics:
                met = [*content.get("met_characteristics", ()), *item.met_characteristics]
                content["met_characteristics"] = met
            for topic in inspection.children(item.id, Topic):
                there = f"{path}.topics[{len(content['topics'])}]"
                content["topics"].append(self._topic(topic, there))
        return found

    def _topic(self, topic: Topic, path: str) -> Content:
        heading = _filled(topic=topic.topic, title=topic.title) or {"title": ""}
        body = self._blocks(topic.id)
        return {**_own_id(topic, path), **heading, **_filled(lead=topic.lead), "body": body}

    def _actions(self, parent: str, prefix: str) -> Content:
        lists: dict[str, list[str | Content]] = {"must": [], "should": []}
        for action in self._inspection.children(parent, Action):
            lines = lists[action.strength]
            path = f"{prefix}actions.{action.strength}[{len(lines)}]"
            more = {
                **_own_id(action, path),
                **_filled(key_question=action.key_question, evidence=self._links(action.evidence)),
            }
            lines.append({"text": action.text, **more} if more else action.text)
        return _filled(**lists)

    def _notice(self, notice: Notice) -> Content:
        return {
            "kind": notice.kind,
            **_filled(
                key_question=notice.key_question,
                must=notice.must,
                activities=list(notice.activities),
                regulation=notice.regulation,
                how_not_met=self._blocks(notice.id),
                breached_paragraphs=list(notice.breached_paragraphs),
                action=notice.action,
                deadline=notice.deadline and notice.deadline.isoformat(),
                withheld=notice.withheld,
            ),
        }

    def _evidence_note(self, note: EvidenceNote) -> Content:
        return {
            "id": get_content_id(note),
            "text": note.text,
            "source": note.source,
            **_filled(source_detail=note.source_detail, when=note.when, by=note.by),
            "stance": note.stance,
            **_filled(
                topics=list(note.topics),
                regulations=list(note.regulations),
                tags=list(note.tags),
                category=note.category,
                corroborated=note.corroborated,
                confidential=note.confidential,
                attachments=self._file_names(note),
            ),
        }

    def _file_names(self, note: EvidenceNote) -> list[str]:
        names = [self._names[id_] for id_ in note.attachments if id_ in self._names]
        for name, index in note.missing_attachments.items():
            names.insert(index, name)
        return names

    def _attachment(self, item: Attachment) -> Content:
        data = self._read_attachment(item.sha256) if self._read_attachment else None
        return {
            "id": get_content_id(item),
            "name": self._names[item.id],
            **_filled(
                media_type=item.media_type,
                sha256=item.sha256,
                caption=item.caption,
                bytes=base64.b64encode(data or b"").decode(),
            ),
        }

    def _blocks(self, parent: str) -> list[Content]:
        """Return the blocks below a part; neighbouring bullets make one list."""
        blocks: list[Content] = []
        for block in self._inspection.children(parent, Block):
            if block.kind != "bullet":
                blocks.append({**self._block(block), **self._block_tail(block)})
                continue
            if not blocks or "bullets" not in blocks[-1]:
                blocks.append({"bullets": []})
            bullets = blocks[-1]["bullets"]
            if block.level:
                if not bullets:
                    bullets.append({"nested": []})
                above = bullets[-1]
                bullets = above["nested"] if "nested" in above else above.setdefault("bullets", [])
            bullets.append({"text": block.text, **self._block_tail(block)})
        return blocks

    def _block(self, block: Block) -> Content:
        match block.kind:
            case "table":
                rows = [list(row) for row in block.rows]
                return {"table": _filled(header=list(block.header), rows=rows)}
            case "image":
                attachment = self._inspection.find(block.attachment)
                image = get_content_id(attachment) if isinstance(attachment, Attachment) else ""
                width = "" if block.width == "full" else block.width
                return {
                    "image": image,
                    **_filled(caption=block.caption, alt=block.text, width=width),
                }
            case "breach":
                return {"breach": block.text, **_filled(regulation=block.regulation)}
            case "paragraph" | "bullet" | "heading" | "recommendation":
                # One that was a breach and is none any longer may still hold its regulation.
                return {block.kind: block.text}
            case _:
                assert_never(block.kind)

    def _block_tail(self, block: Block) -> Content:
        return {"id": get_content_id(block), **_filled(evidence=self._links(block.evidence))}

    def _links(self, notes: Iterable[str]) -> list[str]:
        found = (self._inspection.find(note) for note in notes)
        return [get_content_id(note) for note in found if isinstance(note, EvidenceNote)]


def _name_files(attachments: Iterable[Attachment]) -> dict[str, str]:
    """Return the attachments' names by id, each another: notes call files by their names."""
    names: dict[str, str] = {}
    taken: set[str] = set()
    for item in attachments:
        wanted = name = item.name or get_content_id(item)
        stem, dot, ending = wanted.rpartition(".")
        number = 1
        while name in taken:
            number += 1
            name = f"{stem} ({number}).{ending}" if dot else f"{wanted} ({number})"
        taken.add(name)
        names[item.id] = name
    return names


def get_content_id(entity: Entity) -> str:
    """Return the id by which content calls a part."""
    return entity.external_id or entity.id


def _own_id(entity: Entity, path: str) -> Content:
    """Return the id of a part, unless an import would make it again from the place."""
    return {} if entity.id == make_id(path) else {"id": get_content_id(entity)}


def _previous_breach(item: PreviousBreach) -> Content:
    return _filled(
        regulation=item.regulation,
        text=item.text,
        date=item.date and item.date.isoformat(),
        now=item.now,
        answer=item.answer,
    )


def _person(item: Person) -> Content:
    return _filled(name=item.name, role=item.role)


def _set_aside(item: SetAside) -> Content:
    return _filled(check=item.check, place=item.place, reason=item.reason)
