"""Lines that repeat across the pages of one site: what a site says on every page is no text."""

import numpy as np
import numpy.typing as npt
import polars as pl

from quality.kernels import sketch
from quality.kernels.html import Parsed, line_keys

COUNTERS = 2**24
"""Counters in each of two rows, 64 MiB in all: a batch of ten thousand pages fills a tenth."""

PAGES = 5
"""Pages of a site below which nothing is said of its lines."""

SHARE = 0.3
"""Share of a site's pages from which a line on them repeats. On three documentation sites that
the model had never seen, .1 to .8 do equally well; lines of API pages repeat on up to a fifth."""

Sites = npt.NDArray[np.uint64]


class Repeats:
    """How many pages of its site each short line stands on."""

    def __init__(self) -> None:
        self._counts = np.zeros((2, COUNTERS), np.uint16)
        self._pages: dict[int, int] = {}

    def add(self, parsed: Parsed, sites: Sites) -> None:
        """Count the lines of some pages, each page of the site that `sites` gives a key for."""
        keys, pages = np.unique(sites, return_counts=True)
        for key, count in zip(keys.tolist(), pages.tolist(), strict=True):
            self._pages[key] = self._pages.get(key, 0) + count
        sketch.add(line_keys(parsed, sites), parsed.lines[:, 0], self._counts)

    def find(self, parsed: Parsed, sites: Sites) -> npt.NDArray[np.bool_]:
        """Which lines of some pages repeat."""
        pages = np.array([self._pages.get(site, 0) for site in sites.tolist()])
        least = np.maximum(pages * SHARE, PAGES)
        found = sketch.count(line_keys(parsed, sites), self._counts)
        return np.asarray(found >= least[parsed.lines[:, 0]])


def site_keys(uris: pl.Series) -> Sites:
    """A key for the site of each page: the host of its address, else the folder of its file.

    >>> one, two = site_keys(pl.Series(["http://a.cn/x", "https://a.cn:80/y/z"]))
    >>> bool(one == two)
    True
    """
    host = uris.str.extract(r"^[a-z]+://([^/:?#]+)").fill_null(uris.str.extract(r"^(.*)/"))
    return host.fill_null("").hash(seed=0).to_numpy()
