"""Sets Inspector up on a machine that has nothing but Python; standard library only.

`preparing.prepare` is the way in; `starting` is behind `run.py`, `checking` behind `test.py`.
"""
