"""Near-duplicates on corpora with planted copies: ours, the peers, and how ours grows."""
