"""A lock on an open file that goes with the process, however that ends."""

from __future__ import annotations

import sys

if sys.platform == "win32":
    import errno
    import msvcrt
    import os

    _FAR = 0x7FFF_0000
    """Behind every byte of a journal: on Windows nobody else can read bytes that are locked."""

    def try_lock(descriptor: int) -> bool:
        """Lock an open file, and return whether nobody else has."""
        place = os.lseek(descriptor, 0, os.SEEK_CUR)
        try:
            os.lseek(descriptor, _FAR, os.SEEK_SET)
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        except OSError as error:
            # So Windows says that a file system has no locks: as below.
            return error.errno == errno.EINVAL
        finally:
            os.lseek(descriptor, place, os.SEEK_SET)
        return True

else:
    import fcntl

    def try_lock(descriptor: int) -> bool:
        """Lock an open file, and return whether nobody else has."""
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        except OSError:
            # A file system without locks: then there is nobody to be told apart from.
            return True
        return True
