"""Draws that are the same each time: what trainings choose by."""

import random


def dice_of(seed: int) -> random.Random:
    """Reproducible draws.

    >>> dice_of(7).random() == dice_of(7).random()
    True
    """
    return random.Random(seed)  # noqa: S311 - trainings must repeat
