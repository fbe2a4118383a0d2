"""`python -m inspector_app`."""

import sys

from inspector_app.document.jobs import OPTION

if sys.argv[1:] == [OPTION]:
    # The window starts itself once more to compute beside it; so does an installed program.
    from inspector_app.document.jobs.worker import main
else:
    from inspector_app.cli import main

sys.exit(main())
