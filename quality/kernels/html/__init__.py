"""From the UTF-8 bytes of HTML pages to their lines of text, with where in the page each stands.

`parse` reads every page once, in time linear in its bytes, whatever they are, and builds nothing
but flat arrays; `describe` says in numbers what each line is like; `write` makes text of those
that are kept. Which are kept is decided in `quality.text`.
"""

from quality.kernels.html.automaton import Automaton, automaton
from quality.kernels.html.describing import FEATURES, describe, prose_lines
from quality.kernels.html.keys import line_keys
from quality.kernels.html.parsing import parse
from quality.kernels.html.tables import Parsed, tables
from quality.kernels.html.writing import write

__all__ = [
    "FEATURES",
    "Automaton",
    "Parsed",
    "automaton",
    "describe",
    "line_keys",
    "parse",
    "prose_lines",
    "tables",
    "write",
]
