"""Personal data for the person who answers for it: counts, samples to go through, and scores.

Belongs here: what a steward sees of findings, from the tables of a lake. Does not belong here: how
personal data is found or hidden (quality.privacy), or any value of it.
"""
