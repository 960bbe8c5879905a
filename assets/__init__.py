"""What exists: the Dagster assets of a corpus and the readers that bring raw files in.

Belongs here: one module a subject, each asset a sentence over functions of `quality`; readers
under `sources`. Does not belong here: storage, jobs, or how and when a run happens.
"""
