"""Shared settings: nothing here starts a server or reads the real data."""

from hypothesis import settings

# The first call of a Numba kernel compiles it, which no deadline should count.
settings.register_profile("wenyuan", deadline=None)
settings.load_profile("wenyuan")
