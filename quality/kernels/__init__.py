"""Compiled loops over Arrow buffers.

Belongs here: Numba kernels that take arrays and return arrays, the plumbing that turns a Polars
Series into such arrays, and the tables those kernels read. Does not belong here: tables with
names, thresholds, or anything that knows what a document is.
"""

from quality.kernels.compiling import keep_apart

keep_apart()  # before any kernel is defined
