"""Say kindly that this Python is too old.

This file, `run.py` and `test.py` keep to words that every Python understands (no annotations, no
f-strings): an old Python must get as far as the message.
"""

import sys

OLDEST = (3, 11)


def stop_if_too_old(version=sys.version_info):
    """Leave with a message when `version` is older than `OLDEST`."""
    if tuple(version[:2]) < OLDEST:
        sys.exit(
            "Inspector needs Python %d.%d or newer; this is %d.%d.\n"  # noqa: UP031
            "A newer one is at https://www.python.org/downloads/" % (OLDEST + tuple(version[:2]))
        )
