import sys
from pathlib import Path

# At the end: `packaging/test.py` must not hide the standard library's `test`.
sys.path.append(str(Path(__file__).resolve().parents[2] / "packaging"))
