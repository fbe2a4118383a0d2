"""What some place does not know on purpose, and why.

Each table gives, by reason, fields as `Kind.field`. A field that is named here
and known there all the same fails the tests, as does a name that is none.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

NOT_IN_CONTENT: Mapping[str, str] = {
    "content calls a section by the framework's id": "Section.external_id",
    "content is written with the installed framework": "Edition.data Edition.external_id",
}

NOT_SEARCHED: Mapping[str, str] = {
    "chosen, not typed": """
        Details.framework Details.framework_version Details.regime Details.form Details.limiters
        Details.ratings Details.previous_ratings Section.section KeyQuestion.key_question
        KeyQuestion.met_characteristics Section.title KeyQuestion.title Edition.data
        Topic.topic Block.regulation Action.key_question Notice.regulation Notice.key_question
        Notice.breached_paragraphs EvidenceNote.topics EvidenceNote.regulations
        EvidenceNote.category PreviousBreach.regulation Service.ratings
        Service.previous_ratings Service.group SetAside.check SetAside.place""",
    "links": "Block.attachment Block.evidence Action.evidence EvidenceNote.attachments",
    "a moment": "EvidenceNote.when Service.dates Service.previous_dates",
    "names of files": "Attachment.name Attachment.media_type Attachment.sha256",
    "initials and tags: filters of the evidence page": "EvidenceNote.by EvidenceNote.tags",
    "to replace a name everywhere must not take it off the list": "Person.name Person.role",
    "the list of the spelling": "Details.own_words",
    "of a check: it stands on the page of the checks": "SetAside.reason",
}

NOT_SPELT: Mapping[str, str] = {
    "names, addresses, numbers": """
        Details.provider_name Details.provider_id Details.location_name Details.location_id
        Details.address Details.telephone Details.website Details.signatory_name
        Details.signatory_title Service.name""",
    "chosen from a list, or typed over it": """
        Details.service_type Details.registered_activities Notice.activities""",
    "a line of a form, where nothing is marked": """
        Details.previous_rating_note Topic.title EvidenceNote.source_detail Attachment.caption""",
    "edited in a window of its own": "Block.header Block.rows Block.caption",
}

NOT_PRINTED: Mapping[str, str] = {
    "says which template prints": "Details.framework Details.framework_version",
    "the framework, not what was typed": "Edition.data",
    "of what the framework has no more": "Section.title KeyQuestion.title",
    "how far the work is": "Details.state Details.state_dates",
    "of the regulator's register": """
        Details.provider_id Details.location_id Details.registered_activities""",
    "no template of a report seen so far has a place for it": """
        Details.service_type Details.scores Service.scores Details.previous_ratings
        Details.previous_rating_date
        PreviousBreach.regulation PreviousBreach.text PreviousBreach.date PreviousBreach.now
        PreviousBreach.answer""",
    "for the rating, not for the reader": """
        Details.overall_departure_reason Details.limiters KeyQuestion.met_characteristics
        Service.overall_departure_reason""",
    "for the inspector's own use": """
        Details.own_words Person.name Person.role SetAside.check SetAside.place SetAside.reason""",
    "links to what is printed elsewhere": """
        Block.regulation Action.key_question Notice.key_question""",
    "filters of the evidence page": """
        EvidenceNote.regulations EvidenceNote.tags EvidenceNote.category""",
    "files of notes are not printed": """
        EvidenceNote.attachments EvidenceNote.missing_attachments Attachment.media_type""",
    "a camera names its files, and names of files say more than they should": "Attachment.name",
}

NOT_CHECKED: Mapping[str, str] = {
    "names and addresses of the service itself, which belong there": """
        Details.provider_name Details.location_name Details.address Details.telephone
        Details.website Details.signatory_name Details.signatory_title""",
    "only the evidence index prints it": "EvidenceNote.text EvidenceNote.source_detail",
}

EDITED_IN: Mapping[str, str] = {
    "ui/opening/new_inspection.py": "Details.framework Details.regime",
    "ui/pages/details.py": """
        Details.form Details.state Details.provider_name Details.provider_id Details.location_name
        Details.location_id Details.service_type Details.address Details.telephone Details.website
        Details.registered_activities Details.visit_type Details.announced Details.short_notice
        Details.publication_date Details.previous_rating_note Details.previous_ratings
        Details.previous_rating_date Details.signatory_name Details.signatory_title""",
    "ui/details/visit_dates.py": "Details.visit_dates Details.visit_from Details.visit_to",
    "ui/ratings/judged_row.py": "Details.judgements",
    "ui/ratings/ratings_panel.py": """
        Details.ratings Details.overall_departure_reason""",
    "ui/ratings/limits.py": "Details.limiters",
    "ui/ratings/characteristic_list.py": "KeyQuestion.met_characteristics",
    "ui/spelling/own_words_list.py": "Details.own_words",
    "ui/details/people.py": "Person.name Person.role",
    "ui/details/breaches.py": """
        PreviousBreach.regulation PreviousBreach.text PreviousBreach.date PreviousBreach.now
        PreviousBreach.answer""",
    "ui/pages/section.py": "Section.section",
    "ui/pages/key_question.py": "KeyQuestion.key_question Topic.topic Topic.title",
    "ui/blocks/topic_card.py": "Topic.lead",
    "ui/blocks/editing.py": "Block.kind Block.text Block.level Block.evidence",
    "ui/blocks/table_editor.py": "Block.header Block.rows",
    "ui/blocks/files.py": "Block.attachment",
    "ui/blocks/picture_editor.py": "Block.caption Block.width",
    "ui/actions/action_list.py": "Action.strength Action.text",
    "ui/evidence/edits.py": "Action.evidence",
    "ui/notices/notice_form.py": """
        Notice.kind Notice.activities Notice.regulation Notice.key_question
        Notice.must Notice.breached_paragraphs Notice.action Notice.deadline Notice.withheld""",
    "ui/evidence/note_details.py": """
        EvidenceNote.text EvidenceNote.source EvidenceNote.source_detail EvidenceNote.by
        EvidenceNote.topics EvidenceNote.regulations EvidenceNote.corroborated
        EvidenceNote.confidential""",
    "ui/evidence/note_fields.py": "EvidenceNote.when EvidenceNote.stance EvidenceNote.tags",
    "ui/evidence/adding.py": "Attachment.name Attachment.media_type Attachment.sha256",
    "ui/evidence/note_files.py": "EvidenceNote.attachments Attachment.caption",
    "ui/checks/setting_aside.py": "SetAside.check SetAside.place SetAside.reason",
}
"""Where the window makes and changes each field: a module that spells its name out."""

NOT_EDITED: Mapping[str, str] = {
    "set by the program": """
        Details.framework_version Details.state_dates Edition.data Section.title
        KeyQuestion.title""",
    "no framework so far has scores or categories of evidence": """
        Details.scores EvidenceNote.category""",
    "comes with content, where a report has several services": """
        Service.name Service.group Service.row_only Service.left_out Service.ratings Service.dates
        Service.previous_ratings Service.previous_dates Service.overall_departure_reason
        Service.judgements Service.scores""",
    "the files are not there": "EvidenceNote.missing_attachments",
    "the breach line is a kind of paragraph; its regulation comes with content": """
        Block.regulation""",
    "an action is made on the page of its key question, or of none": "Action.key_question",
}

LOOKED_THROUGH: Mapping[str, tuple[object, ...]] = {
    "ActionStrength": ("must", "should"),
    "AnyEntity": (
        *("Details", "Section", "Service", "KeyQuestion", "Topic", "Block", "Action", "Notice"),
        *("EvidenceNote", "Attachment", "Person", "PreviousBreach", "SetAside", "Edition"),
    ),
    "Block.level": (0, 1),
    "BlockCommand.in_context_menu": ("always", "possible", "never"),
    "BlockKind": (
        *("paragraph", "bullet", "heading", "table", "breach", "recommendation", "image"),
    ),
    "DifferenceKind": ("added", "removed", "changed", "moved"),
    "Examined.kind": ("damaged", "lost", "content", "other"),
    "Export": ("report", "index", "copy", "inspection", "content", "ratings"),
    "FileKind": (
        *("inspection", "empty", "zeros", "content", "json", "word", "excel", "powerpoint", "zip"),
        *("pdf", "picture", "web page", "text", "database", "unknown"),
    ),
    "Framework.status": ("", "draft"),
    "Kind": (
        *("file", "backup", "kept", "rescued", "journal", "left", "aside", "attachments"),
        "unfinished",
    ),
    "LeaveOut": ("nothing", "damaged", "unreadable"),
    "ListPlace": ("", "only", "first", "middle", "last"),
    "PrintedPart": (
        *("telephone", "website", "previous_rating_note", "previous_breaches", "rating_grid"),
        *("services", "population_groups", "leads", "summaries", "musts", "shoulds", "signatory"),
    ),
    "Presence": ("here", "gone", "other", "touched"),
    "Progress": ("empty", "begun", "complete"),
    "Readable": ("whole", "protected", "busy", "unreadable"),
    "Regime.judged_by": ("rating", "met", "score"),
    "OutcomeSpec.judgement": ("met", "not_met", ""),
    "Regulation.prosecutable": ("", "direct", "qualified", "part", "no"),
    "RowKind": ("heading", "version", "backup", "change"),
    "SaveState.kind": ("saved", "saving", "failed"),
    "Scope": ("everything", "report", "notes"),
    "SectionSpec.kind": ("paragraph", "bullet"),
    "SectionOwner": ("location", "service", "group"),
    "Severity": ("error", "warning", "hint"),
    "StandardParagraph.kind": ("paragraph", "bullet", "heading"),
    "State": ("draft", "in_review", "factual_accuracy", "final", "published"),
    "Verdict.kind": ("standard", "changed", "own"),
    "VisitType": ("comprehensive", "focused", "follow_up", "desk_based"),
    "tags of AnyEntity": (
        *("details", "section", "service", "key_question", "topic", "block", "action", "notice"),
        *("evidence_note", "attachment", "person", "previous_breach", "set_aside", "edition"),
    ),
}
"""The members of each Literal for which a person has seen to the lists that choose among them."""

LEFT_OUT_OF_TABLES: Mapping[tuple[str, str], tuple[str, ...]] = {
    # Read and written by themselves, a few lines above.
    ("BlockKind", "content/building.py"): ("bullet", "image", "table"),
    ("BlockKind", "content/format.py"): ("bullet",),
    # What is not left out has no reason.
    ("Reason", "pasting/removing.py"): ("",),
    # A word of both texts, or of one.
    ("MarkKind", "domain/versions/word_marks.py"): ("same",),
    # A picture of a pair is as wide as its side of the pair.
    ("PictureWidth", "report/pictures.py"): ("pair",),
    # What is no rating has a dash.
    ("RatingShape", "ui/ratings/rating_marks.py"): ("",),
    # Whether hints are wanted is asked for.
    ("Severity", "ui/checks/result_model.py"): ("hint",),
    # NOT_SEARCHED says why; the details are no part below another.
    ("AnyEntity", "domain/search/typed_texts.py"): (
        *("Details", "Edition", "KeyQuestion", "Person", "Section", "SetAside"),
    ),
    # NOT_SPELT says why.
    ("AnyEntity", "spelling/places.py"): (
        *("Attachment", "Edition", "KeyQuestion", "Person", "Section", "SetAside"),
    ),
    # What stands on the page of another part, or has a page of its own.
    ("AnyEntity", "ui/outline/page_finder.py"): (
        *("Details", "Section", "Service", "KeyQuestion", "Topic", "Block"),
    ),
}
"""By vocabulary and file: the members that a table lacks on purpose."""
