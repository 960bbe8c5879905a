"""Measurements, run by `make bench`; no test has a time limit."""
