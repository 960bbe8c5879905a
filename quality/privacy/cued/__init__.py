"""Finders of what only a word beside it gives away: accounts, records, dates of birth, secrets."""
