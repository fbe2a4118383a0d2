"""The worker: one process an open inspection, for Python that computes.

`worker_process` is the window's end and `worker` the other; `messages` is what they say to each
other. The worker keeps the inspection and follows its changes, so that asking it for something
costs time in the size of what changed. What it can be asked for are plain functions, as in
`checking`.
"""

OPTION = "--background-worker"
"""What starts this application as a worker instead of as itself."""
