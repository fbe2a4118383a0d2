"""Damaging pictures as disks, senders and attackers do."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import random

_LENGTHS = (b"\0\0\0\0", b"\xff\xff\xff\xff", b"\x7f\xff\xff\xff", b"\0\1", b"\xff\xff")


def mutate(data: bytes, source: random.Random) -> bytes:
    """Return data with one to five changes."""
    changed = bytearray(data)
    for _ in range(source.randint(1, 5)):
        if not changed:
            break
        # Heads are short, and most of what goes wrong goes wrong in them.
        reach = len(changed) if source.random() < 0.5 else min(len(changed), 400)
        place = source.randrange(reach)
        match source.randrange(6):
            case 0:
                changed[place] ^= 1 << source.randrange(8)
            case 1:
                changed[place] = source.randrange(256)
            case 2:
                length = source.choice(_LENGTHS)
                changed[place : place + len(length)] = length
            case 3:
                del changed[place:]
            case 4:
                del changed[place : place + source.randint(1, 40)]
            case _:
                changed[place:place] = changed[place : place + source.randint(1, 40)]
    return bytes(changed)
