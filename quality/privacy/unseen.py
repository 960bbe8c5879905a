"""Documents in which characters that cannot be seen part words, read as they are seen."""

import numpy as np
import numpy.typing as npt

from quality.kernels.compiling import compiled
from quality.privacy.view import Codes, Positions, View
from quality.privacy.writings import UNSEEN, class_table

Flags = npt.NDArray[np.bool_]


def _mark_parted(codes: Codes, classes: npt.NDArray[np.uint8], starts: Positions) -> Flags:
    """Which documents have a character that cannot be seen between Han or digits."""
    parted = np.zeros(starts.size - 1, np.bool_)
    document = 0
    for i in range(1, codes.size - 1):
        if codes[i] < 0x10000 and classes[codes[i]] == UNSEEN:
            before, after = codes[i - 1], codes[i + 1]
            if (before >= 0x4E00 or 48 <= before <= 57) and (after >= 0x4E00 or 48 <= after <= 57):
                while starts[document + 1] <= i:
                    document += 1
                parted[document] = True
    return parted


def _keep_seen(
    codes: Codes, classes: npt.NDArray[np.uint8], starts: Positions, parted: Flags, kept: Positions
) -> int:
    """The positions of what is seen in those documents, after the first; returns how many."""
    kept[0] = 0
    count = 1
    for document in range(parted.size):
        if parted[document]:
            for i in range(starts[document], starts[document + 1]):
                if codes[i] >= 0x10000 or classes[codes[i]] != UNSEEN:
                    kept[count] = i
                    count += 1
    return count


mark_parted = compiled(_mark_parted)
keep_seen = compiled(_keep_seen)


def parted(view: View) -> Flags:
    """Which documents of `view` have words parted by what cannot be seen."""
    return mark_parted(view.codes, class_table(), view.starts)


def as_seen(view: View, documents: Flags) -> tuple[View, Positions]:
    """Those documents as they are seen, and where in `view` each character stands."""
    kept = np.empty(view.codes.size, np.int64)
    kept = kept[: keep_seen(view.codes, class_table(), view.starts, documents, kept)]
    codes = view.codes[kept]
    starts = np.searchsorted(kept, view.starts)
    return View(codes.tobytes().decode("utf-32-le"), codes, starts), kept
