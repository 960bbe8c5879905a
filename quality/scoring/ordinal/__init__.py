"""Classifiers of grades: how much of something a text has, on a scale that readers labelled.

Belongs here: reading the labels, the two stages of such a classifier, how it is fitted and judged.
Does not belong here: what any one scale is about, and the made texts it learns from besides.
"""

from quality.scoring.ordinal.model import Grader, grades, load, reached, save

__all__ = ["Grader", "grades", "load", "reached", "save"]
