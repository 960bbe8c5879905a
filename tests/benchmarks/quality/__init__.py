"""The published filters for Chinese beside our presets of the same name, and how fast each is."""
