"""The models of quality beside others."""
