"""How well personal data is found, on sets whose truth is known."""
