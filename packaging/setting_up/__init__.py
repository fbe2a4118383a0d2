"""Sets Inspector up on a machine that has nothing but Python; standard library only.

`preparing.prepare` is the way in; `starting` is behind `run.py`, `checking` behind `test.py`.
"""

import sys
from pathlib import Path

# What Qt needs is known to the application, whose module takes no more than this.
sys.path.insert(1, str(Path(__file__).resolve().parents[2]))
