"""The finder of postal addresses, from the widest place to the last door."""
