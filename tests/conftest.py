"""Shared fixtures: nothing here starts a server or reads the real data."""
