"""The models of quality, and the published filters, beside others."""
