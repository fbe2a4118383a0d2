"""Set Inspector up for its tests and run every check: `python packaging/test.py [PYTEST ARGS...]`.

With arguments, only pytest runs, with these. With CI=true nothing may be left out.
"""

import sys

from oldest_python import stop_if_too_old

if __name__ == "__main__":
    stop_if_too_old()
    from setting_up.checking import main

    sys.exit(main(sys.argv[1:]))
