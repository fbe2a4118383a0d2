"""An inspection of ten times the usual size, to measure what the window does with it.

    .venv/bin/python packaging/large_inspection.py OUT.inspection

5,000 bullets, 1,000 of them in one topic, and 10,000 notes; the same on every call.
"""

from __future__ import annotations

import itertools
import json
import random
import sys
from pathlib import Path
from typing import TYPE_CHECKING

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

if TYPE_CHECKING:
    from inspector_app.content.importing import Imported

BULLETS = 5_000
FULLEST = 1_000
NOTES = 10_000
_FRAMEWORK = "independent_health_2018"
_WORDS = (
    *("patients", "staff", "records", "medicines", "training", "clinic", "consent", "audit"),
    *("safeguarding", "equipment", "policy", "manager", "reviewed", "recorded", "provided"),
    *("showed", "monitored", "stored", "checked", "followed", "the", "a", "of", "for", "with"),
    *("and", "that", "were", "was", "had", "there", "systems", "processes", "evidence", "risks"),
)


def make_large_inspection() -> Imported:
    """Return the inspection."""
    from inspector_app.content.importing import import_content
    from inspector_app.frameworks.load import load_framework

    chance = random.Random(7)  # noqa: S311 - the same words every time, nothing secret

    def write(words: int) -> str:
        return " ".join(chance.choices(_WORDS, k=words)).capitalize() + "."

    framework = load_framework(_FRAMEWORK)
    places = [
        (question.id, topic.id) for question in framework.key_questions for topic in question.topics
    ]
    share, rest = divmod(BULLETS - FULLEST, len(places) - 1)
    sizes = [FULLEST, share + rest, *itertools.repeat(share, len(places) - 2)]
    questions: dict[str, dict[str, list[object]]] = {}
    for (question, topic), size in zip(places, sizes, strict=True):
        body = [{"bullets": [write(chance.randint(8, 30)) for _ in range(size)]}]
        topics = questions.setdefault(question, {"topics": []})["topics"]
        topics.append({"topic": topic, "body": body})
    content = {
        "format": "inspection-content/1",
        "framework": _FRAMEWORK,
        "regime": "rated",
        "location": {"name": "Ten Times Clinic"},
        "key_questions": questions,
        "evidence": [{"text": write(25)} for _ in range(NOTES)],
    }
    return import_content(json.dumps(content).encode(), "large.json", None)


def main() -> int:
    """Write the file."""
    from inspector_app.storage.new_files import create_inspection_file

    target = Path(sys.argv[1])
    made = make_large_inspection()
    create_inspection_file(target, made.change, made.inspection, {}, target.parent)
    print(f"{len(made.inspection):,} parts in {target}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
