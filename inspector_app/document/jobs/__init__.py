"""The background lane: one worker process an open inspection, for Python that computes.

`lane.Lane` is the window's end and `worker` the other; `messages` is what they say to each other.
The worker keeps the inspection and follows its changes, so that asking it for something costs time
in the size of what changed. What it can be asked for are plain functions, as in `tasks`.
"""

OPTION = "--background-worker"
"""What starts this application as a worker instead of as itself."""
