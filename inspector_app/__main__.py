"""`python -m inspector_app`, and what the installed command runs."""

import sys

from inspector_app.document.jobs import OPTION
from inspector_app.logs import keep_messages_off_the_screen


def main() -> int:
    """Run what the command line asks for, and return the exit code."""
    keep_messages_off_the_screen()
    if sys.argv[1:] == [OPTION]:
        # The window starts itself once more to compute beside it; so does an installed program.
        from inspector_app.document.jobs.worker import main as work

        return work()
    from inspector_app.cli import main as run

    return run()


if __name__ == "__main__":
    sys.exit(main())
