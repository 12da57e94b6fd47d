"""The command `kring` from its first moment, on whatever terminal it is given.

An interrupt while it loads is one line; a sign that a terminal cannot show is a plainer one.
"""

import codecs
import io
import sys

INTERRUPTED = 130  # exit code, as a shell has it
NOTHING_WRITTEN = "interrupted; no results were written"
PLAINER = {"\N{MINUS SIGN}": "-", "\u2018": "'", "\u2019": "'", "\N{EURO SIGN}": "EUR "}


def plainer(error: UnicodeError) -> tuple[str, int]:
    """What to print for signs that a terminal cannot show."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    signs = error.object[error.start : error.end]
    return "".join(PLAINER.get(sign, "?") for sign in signs), error.end


def main() -> None:
    """Load the command line and run it."""
    codecs.register_error("plainer", plainer)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="plainer")
    try:
        from experiments.cli import commands
    except KeyboardInterrupt:
        print(f"kring: {NOTHING_WRITTEN}", file=sys.stderr)
        sys.exit(INTERRUPTED)
    commands.main()


if __name__ == "__main__":
    main()
