"""Finders of numbers that prove themselves, in every writing: by check digit, plan or date."""
