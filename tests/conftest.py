"""Shared settings: nothing here starts a server or reads the real data."""

import os

from hypothesis import settings

# The first call of a Numba kernel compiles it, which no deadline should count. A change is judged
# on the same examples every time; exploring is for the developer's own runs.
settings.register_profile("wenyuan", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") == "true" else "wenyuan")
