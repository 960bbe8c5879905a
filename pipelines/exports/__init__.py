"""Published mixtures as the files that trainers and retrieval stores read.

Belongs here: one module for each format, and what turns the shards of a mixture into files in
one. Does not belong here: choosing or changing rows.
"""
