"""The authored texts: where they lie and how they are read."""

from importlib import resources

Words = dict[str, list[str]]


def read_text(name: str) -> str:
    """The file `name` of the folder `texts`."""
    return (resources.files("examples.city") / "texts" / name).read_text(encoding="utf-8")


def read_words(name: str) -> Words:
    """Lists under `[headings]`, one entry a line."""
    words: Words = {}
    heading = ""
    for line in read_text(name).splitlines():
        if line.startswith("["):
            heading = line.strip("[]")
            words[heading] = []
        elif line:
            words[heading].append(line)
    return words
