"""Fitting a scorer of one's own, to labelled texts or to clean ones.

Belongs here: reading tables, splitting texts, choosing settings, and the figures. Does not belong
here: what a classifier or a character model is and how one is fitted (quality/scoring).
"""
