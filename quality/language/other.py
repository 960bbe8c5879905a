"""A language model from elsewhere: lid.176, GlotLID, OpenLID, or any fastText classifier."""

from typing import Any, NamedTuple

import fasttext
import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from quality.kernels.arrow import Strings
from quality.language.labels import tag_of

READ = 1000
"""Characters that are read of a text: what its beginning says, in one line."""

ROWS = 4096
"""Texts asked about at a time."""


class Model(NamedTuple):
    """A fastText classifier, and the tag that each of its labels stands for."""

    classifier: Any
    tags: dict[str, str]

    def predict(
        self, texts: Strings, rows: npt.NDArray[np.int64]
    ) -> tuple[npt.NDArray[np.str_], npt.NDArray[np.float64]]:
        """The likeliest tag of each text of `rows`, `zh` for any Chinese, and how likely it is."""
        array = pa.LargeStringArray.from_buffers(
            texts.offsets.size - 1, pa.py_buffer(texts.offsets), pa.py_buffer(texts.data)
        )
        tags = np.full(rows.size, "und", "U16")
        sure = np.zeros(rows.size)
        for start in range(0, rows.size, ROWS):
            chosen = array.take(pa.array(rows[start : start + ROWS]))
            read = pc.replace_substring(pc.utf8_slice_codeunits(chosen, 0, READ), "\n", " ")
            lines = [f"{line}\n" for line in read.to_pylist()]
            found = self.classifier.f.multilinePredict(lines, 1, 0.0, "strict")
            for row, (labels, chances) in enumerate(zip(*found, strict=True), start):
                if len(labels):
                    tags[row], sure[row] = self.tags[labels[0]], min(1.0, chances[0])
        return tags, sure


def load(path: str) -> Model:
    """The classifier in a fastText file, `.bin` or `.ftz`.

    Raises:
        ValueError: it is no such file, or none of its labels is a language.
    """
    try:
        classifier = fasttext.load_model(path)
        labels = classifier.get_labels()
    except (ValueError, RuntimeError, MemoryError) as error:
        raise ValueError("it is no fastText model") from error
    tags = {label: tag_of(label) for label in labels}
    if set(tags.values()) <= {"und"}:
        raise ValueError("none of its labels is a language")
    return Model(classifier, tags)
