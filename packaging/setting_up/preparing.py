"""The whole set-up, from nothing or from whatever the last one left."""

from __future__ import annotations

from typing import TYPE_CHECKING

from inspector_app.system_libraries import Need, find_missing_libraries
from setting_up.dictionary import announce_dictionary, find_needs_to_type
from setting_up.environment import (
    check_qt,
    clear_environment,
    find_missing_venv,
    install,
    make_environment,
)
from setting_up.one_at_a_time import one_at_a_time
from setting_up.stamp import describe_now, is_current, is_sound, read_stamp
from setting_up.system_packages import provide
from setting_up.talking import say

if TYPE_CHECKING:
    from collections.abc import Iterable

    from setting_up.places import Places


def prepare(places: Places, extras: Iterable[str] = (), also: Iterable[Need] = ()) -> None:
    """Set up what is not set up yet; return at once when everything is.

    Args:
        places: The checkout.
        extras: Optional parts of the package, for example `test`.
        also: Further things for the same installation or the same line to type, when the
            operating system lacks something that is needed; alone they change nothing.

    Raises:
        SetupProblem: It cannot go on; the message says what to do.
    """
    extras = frozenset(extras)
    if is_current(read_stamp(places.stamp), describe_now(places, extras), places):
        return
    with one_at_a_time(places.lock):
        stamp, now = read_stamp(places.stamp), describe_now(places, extras)
        if is_current(stamp, now, places):  # thanks to the start that this one waited for
            return
        missing = [*find_missing_venv(), *find_missing_libraries()]
        if missing:
            provide([*missing, *find_needs_to_type(), *also])
        if stamp is not None and is_sound(stamp, now, places):
            say("Bringing Inspector's set-up up to date.")
            extras |= stamp.extras
            places.stamp.unlink()
        else:
            say("Setting Inspector up. This happens once and takes a minute or two.")
            clear_environment(places)
            make_environment(places)
        install(places, extras)
        check_qt(places)
        announce_dictionary(places)
        describe_now(places, extras).write(places.stamp)
    say("Inspector is set up.")
