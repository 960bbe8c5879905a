"""What is done to text: pure functions, Polars or Arrow in and out.

Belongs here: extraction, measurement, matching, redaction, decisions, mixing. Does not belong
here: Dagster, paths, storage, the environment, or any state that outlives a call.
"""
