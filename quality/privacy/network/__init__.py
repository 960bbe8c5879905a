"""Finders of addresses of the net: mail, IP, MAC."""
