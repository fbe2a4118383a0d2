"""Set Inspector up on this machine, once, and start it: `python packaging/run.py [ARGS...]`.

The arguments are the application's own. Without any, the bundled sample inspection opens.
"""

import sys

from oldest_python import stop_if_too_old

if __name__ == "__main__":
    stop_if_too_old()
    from setting_up.starting import main

    sys.exit(main(sys.argv[1:]))
