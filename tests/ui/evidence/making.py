"""Notes to try the evidence page on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from inspector_app.storage.reading import open_for_reading
from tests.report.making import bring_in

if TYPE_CHECKING:
    from inspector_app.content.importing import Imported
    from inspector_app.document.inspection_document import InspectionDocument
    from inspector_app.domain.inspection import Inspection

NOTES: list[dict[str, Any]] = [
    {
        "id": "fridge",
        "text": "Fridge log: <b>nine</b> readings above 8°C.",
        "source": "record",
        "source_detail": "temperature log",
        "when": "2024-03-04T09:50",
        "by": "KB",
        "stance": "concern",
        "topics": ["safe.medicines"],
        "tags": ["cold chain"],
        "corroborated": True,
    },
    {
        "id": "nurse",
        "text": "The nurse knew the fire route.",
        "source": "interview",
        "source_detail": "practice nurse",
        "when": "2024-03-04T10:15",
        "by": "TO",
        "stance": "strength",
        "topics": ["safe"],
    },
    {
        "id": "survey",
        "text": "Survey: 210 of 214 content.",
        "source": "data",
        "when": "2024-03-01",
        "by": "KB",
        "stance": "strength",
        "topics": ["caring"],
    },
]


def bring_in_notes() -> Imported:
    return bring_in(
        "rated",
        key_questions={
            "safe": {
                "summary": [{"paragraph": "Safe, mostly.", "id": "summary"}],
                "topics": [
                    {
                        "topic": "medicines",
                        "body": [
                            {
                                "bullets": [
                                    {
                                        "text": "The fridge was too warm.",
                                        "id": "warm",
                                        "evidence": ["fridge"],
                                    },
                                    {"text": "Stocks were counted.", "id": "counted"},
                                ]
                            }
                        ],
                    }
                ],
            }
        },
        evidence=NOTES,
    )


def reopen(document: InspectionDocument) -> Inspection:
    document.close()
    with open_for_reading(document.path) as reader:
        return reader.inspection
