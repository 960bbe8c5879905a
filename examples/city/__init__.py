"""An invented city's papers: a small, messy corpus with its truth, made by `generate`."""
