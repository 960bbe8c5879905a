"""What can be tried at once: sample corpora and the programs that make them."""
