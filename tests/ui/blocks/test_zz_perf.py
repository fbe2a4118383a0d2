import time, cProfile, pstats, sys, os
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from tests.ui.blocks.making import *
SRC={"short":"\n".join(f"Line {n} of it." for n in range(20000)),"one":"x"*1_000_000,"onew":"word "*200_000,
"table":"\n".join("\t".join(f"{r}.{c}" for c in range(50)) for r in range(4000))}
@pytest.mark.parametrize("which", list(SRC))
def test_perf(document, show, qtbot, which):
    put(document, bullet("x"))
    place(editor := show(), 0, 1)
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    clip(text=SRC[which])
    pr=cProfile.Profile()
    t=time.process_time(); w=time.perf_counter()
    if os.environ.get("PROF"): pr.enable()
    qtbot.keyClick(editor, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    pr.disable()
    print(which, "key", time.process_time()-t, time.perf_counter()-w, file=sys.stderr)
    t=time.process_time()
    for _ in range(200): QApplication.processEvents(); time.sleep(0.01)
    print(which, "after", time.process_time()-t, file=sys.stderr)
    if os.environ.get("PROF"):
        pstats.Stats(pr,stream=sys.stderr).sort_stats("tottime").print_stats(14)
