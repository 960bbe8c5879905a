"""Acceptance reports: what a supplier delivered, what became of it, and what was agreed.

What they look like and when they are written is for `pipelines.cli`.
"""
