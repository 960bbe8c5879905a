"""Policies as a team looks at them: what each rule drops, and what other rules would change.

Belongs here: reading the measurements of a lake under rules that may be asked, and the pages that
tell of it. Does not belong here: the rules (schemas/policies.py), verdicts (assets/decisions.py).
"""
