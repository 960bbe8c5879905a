"""Labels that people who read gave to passages of real documents, and where the passages lie.

Belongs here: the sampler, and one JSON line a passage: the set, the id of the document, the first
character and the one after the last, and the labels. Does not belong here: any text of the
passages, which stays in the folder of the data.
"""

from quality.scoring.labels.passages import Passage, Wanted, found, passages

__all__ = ["Passage", "Wanted", "found", "passages"]
