"""Messages between window and worker come whole, however the pipe cuts them."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from inspector_app.document.jobs.messages import (
    AnswerReader,
    ApplyChange,
    AttachmentContent,
    CancelJob,
    Done,
    LoadInspection,
    OrderReader,
    Progress,
    StartJob,
    pack,
    pack_answer,
)
from inspector_app.domain.change import Change, Edit
from inspector_app.report.pieces import Hunk, Piece
from tests.report.making import bring_in, full_content

if TYPE_CHECKING:
    from inspector_app.document.jobs.messages import Order

ORDERS: list[Order] = [
    LoadInspection(tuple(bring_in("rated", **full_content("rated")).inspection)),
    ApplyChange(
        Change(label="Type", edits=(Edit(entity="a", field="text", before="", after="\x00é"),))
    ),
    StartJob(1, "module:name", ("text", 2, None, True)),
    CancelJob(1),
    AttachmentContent(bytes(range(256))),
    AttachmentContent(None),
]


@given(cuts=st.lists(st.integers(1, 40_000), max_size=30))
def test_orders_come_as_they_were_sent(cuts: list[int]) -> None:
    data = b"".join(pack(order) for order in ORDERS)
    places = sorted({0, *(cut for cut in cuts if cut < len(data)), len(data)})
    reader = OrderReader()
    found = [
        order for start, end in itertools.pairwise(places) for order in reader.feed(data[start:end])
    ]
    assert found == ORDERS


def test_answers_come_as_what_was_asked_for() -> None:
    hunk = Hunk(3, 1, (Piece("<ul>", "<li>é</li>", "</ul>", "last"),))
    sent = [Progress(1, "Page 1", 0.5), Done(1, pack_answer([hunk])), Done(2, pack_answer(None))]
    progress, first, second = AnswerReader().feed(b"".join(pack(answer) for answer in sent))
    assert progress == sent[0]
    assert isinstance(first, Done)
    assert isinstance(second, Done)
    assert msgspec.msgpack.decode(first.answer, type=list[Hunk]) == [hunk]
    assert msgspec.msgpack.decode(second.answer) is None
