"""Messages between window and worker come whole, however the pipe cuts them."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from inspector_app.document.jobs.messages import (
    AnswerReader,
    Cancel,
    Contents,
    Done,
    Follow,
    Hold,
    OrderReader,
    Progress,
    Run,
    pack,
)
from inspector_app.domain.change import Change, Edit
from inspector_app.report.pieces import Hunk, Piece
from tests.report.making import bring_in, full_content

if TYPE_CHECKING:
    from inspector_app.document.jobs.messages import Order

ORDERS: list[Order] = [
    Hold(tuple(bring_in("rated", **full_content("rated")).inspection)),
    Follow(Change(label="Type", edits=(Edit(entity="a", field="text", before="", after="\x00é"),))),
    Run(1, "module:name", ("text", 2, None, True)),
    Cancel(1),
    Contents(bytes(range(256))),
    Contents(None),
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


def test_answers_come_as_plain_data() -> None:
    hunk = Hunk(3, 1, (Piece("<ul>", "<li>é</li>", "</ul>", "last"),))
    sent = [Progress(1, "Page 1", 0.5), Done(1, [hunk]), Done(2, None)]
    found = AnswerReader().feed(b"".join(pack(answer) for answer in sent))
    plain = Done(1, [[3, 1, [["<ul>", "<li>é</li>", "</ul>", "last"]]]])
    assert found == [sent[0], plain, sent[2]]
