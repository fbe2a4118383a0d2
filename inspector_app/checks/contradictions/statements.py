"""What one clause of a report says of one theme, and when two of them cannot both stand."""

from __future__ import annotations

from typing import NamedTuple

ASPECT = "~"
"""How the ids of aspects begin, which stand among the objects of a statement."""


_HELD_BY_PEOPLE = frozenset({"training", "recruitment", "supervision", "induction", "immunity"})
"""What the people named have themselves, so that it says nothing of anybody else."""


class Statement(NamedTuple):
    """What one clause says of one theme.

    An empty set of objects, actors, things or places means all of them. `firm`: words of polarity
    say so; if not, only verbs do, and those must be the same on both sides. `contrasted`: the same
    text says the opposite after a word such as “however”.
    """

    theme: str
    lacking: bool
    objects: frozenset[str]
    actors: frozenset[str]
    things: frozenset[str]
    places: frozenset[str]
    verbs: frozenset[str]
    firm: bool
    start: int
    end: int
    contrasted: bool = False

    def clashes_with(self, lack: Statement) -> bool:
        """Whether this satisfied statement covers what another one says is lacking."""
        same_verb = bool(self.verbs & lack.verbs)
        # “Two nurses checked the drugs” says who did it, not whose drugs: all of them were checked.
        by_anybody = not lack.actors and self.theme not in _HELD_BY_PEOPLE
        return (
            self.theme == lack.theme
            and (
                self._covers_objects(lack)
                or (same_verb and not lack.objects and are_aspects(self.objects))
            )
            and (by_anybody or _covers(self.actors, lack.actors))
            and _covers(self.things, lack.things)
            and _covers(self.places, lack.places)
            and ((self.firm and lack.firm) or same_verb)
        )

    def _covers_objects(self, lack: Statement) -> bool:
        mine, theirs = without_aspects(self.objects), without_aspects(lack.objects)
        side, other_side = self.objects - mine, lack.objects - theirs
        # “The fire policy was reviewed” – “There was no fire policy”: no side of it is there.
        return _covers(mine, theirs) and (
            _covers(side, other_side) or (not other_side and bool(mine & theirs))
        )


class Clause(NamedTuple):
    """A part of a sentence with one polarity: True lacking, False satisfied, None neither.

    `plain` is its text without what takes a lack back; empty where it says nothing either way.
    """

    text: str
    start: int
    end: int
    lacking: bool | None
    marks: tuple[tuple[int, int], ...]
    plain: str
    after_contrast: bool
    conceded: bool
    put_right: bool = False


def are_aspects(objects: frozenset[str]) -> bool:
    """Whether objects name sides of a theme only, and no other thing."""
    return all(id_.startswith(ASPECT) for id_ in objects)


def without_aspects(objects: frozenset[str]) -> frozenset[str]:
    """Return the objects that are other things than sides of a theme."""
    return frozenset(id_ for id_ in objects if not id_.startswith(ASPECT))


def _covers(all_of: frozenset[str], part: frozenset[str]) -> bool:
    return not all_of or bool(all_of & part)
