"""The command line.

Belongs here: arguments, what is printed, exit codes. Does not belong here: anything the UI or a
schedule should also be able to do.
"""

from pipelines.cli.main import main

__all__ = ["main"]
