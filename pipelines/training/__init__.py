"""Fitting a scorer of one's own to labelled texts.

Belongs here: reading labels, splitting them, choosing settings, and the figures. Does not belong
here: what a classifier is and how one is fitted (quality/scoring/linear).
"""
