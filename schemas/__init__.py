"""What data looks like: table schemas, corpus.yaml, recipes, manifests, errors.

Belongs here: Polars schemas as constants, frozen Pydantic models, the exception tree, and the
documented defaults (presets) as data. Does not belong here: anything that touches text, a file
of the corpus, Dagster, or the environment.
"""
