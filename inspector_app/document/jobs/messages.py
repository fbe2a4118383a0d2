"""What the window and its worker process say to each other, and how it goes through a pipe."""

from __future__ import annotations

from typing import Any, Final, TypeAlias

import msgspec

from inspector_app.domain.change import Change
from inspector_app.domain.entities import AnyEntity

_LENGTH: Final = 4
"""Bytes before each message that say how long it is."""


class _Message(msgspec.Struct, frozen=True, tag=True):
    """A message; it carries its name."""


# -- from the window


class LoadInspection(_Message, frozen=True):
    """Keep this inspection, in place of the one before."""

    entities: tuple[AnyEntity, ...]


class ApplyChange(_Message, frozen=True):
    """The inspection has changed."""

    change: Change


class StartJob(_Message, frozen=True):
    """Call a function, given as "module:name", with these arguments after the context."""

    job: int
    function: str
    arguments: tuple[Any, ...]


class CancelJob(_Message, frozen=True):
    """Stop a job at the next chance."""

    job: int


class AttachmentContent(_Message, frozen=True):
    """The bytes of an attachment that was wanted; None: they are not there."""

    data: bytes | None


# -- from the worker


class Done(_Message, frozen=True):
    """A job ended well. What it answers is read as what the window expects, and only there."""

    job: int
    answer: msgspec.Raw


class Failed(_Message, frozen=True):
    """A job ended with something that the person is told: one of the classes of `errors`."""

    job: int
    kind: str
    arguments: tuple[Any, ...]


class Broken(_Message, frozen=True):
    """A job ended with a bug of ours. Names the places in the code, never what was typed."""

    job: int
    trace: str


class Cancelled(_Message, frozen=True):
    """A job stopped because it was cancelled."""

    job: int


class Progress(_Message, frozen=True):
    """How far a job is; `share` is 0 to 1, or None where nobody can tell."""

    job: int
    text: str
    share: float | None


class AttachmentWanted(_Message, frozen=True):
    """Send the bytes of an attachment."""

    sha256: str


Order: TypeAlias = LoadInspection | ApplyChange | StartJob | CancelJob | AttachmentContent
Answer: TypeAlias = Done | Failed | Broken | Cancelled | Progress | AttachmentWanted

_encoder = msgspec.msgpack.Encoder()
_orders: msgspec.msgpack.Decoder[Order] = msgspec.msgpack.Decoder(Order)
_answers: msgspec.msgpack.Decoder[Answer] = msgspec.msgpack.Decoder(Answer)


def pack_answer(answer: Any) -> msgspec.Raw:
    """Return what a job answers, for `Done`."""
    return msgspec.Raw(_encoder.encode(answer))


def pack(message: Order | Answer) -> bytes:
    """Return a message as bytes, its length before it."""
    data = _encoder.encode(message)
    return len(data).to_bytes(_LENGTH, "big") + data


class OrderReader:
    """Takes orders from bytes as they come."""

    def __init__(self) -> None:
        self._buffer = bytearray()

    def feed(self, data: bytes) -> list[Order]:
        """Return the orders that are whole now."""
        self._buffer += data
        return [_orders.decode(part) for part in _take_whole(self._buffer)]


class AnswerReader:
    """Takes answers from bytes as they come."""

    def __init__(self) -> None:
        self._buffer = bytearray()

    def feed(self, data: bytes) -> list[Answer]:
        """Return the answers that are whole now."""
        self._buffer += data
        return [_answers.decode(part) for part in _take_whole(self._buffer)]


def _take_whole(buffer: bytearray) -> list[bytes]:
    """Take the messages out of a buffer that have come whole."""
    found = []
    start = 0
    while len(buffer) - start >= _LENGTH:
        end = start + _LENGTH + int.from_bytes(buffer[start : start + _LENGTH], "big")
        if len(buffer) < end:
            break
        found.append(bytes(buffer[start + _LENGTH : end]))
        start = end
    del buffer[:start]
    return found
