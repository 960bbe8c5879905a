"""Main text of pages, beside other tools."""
