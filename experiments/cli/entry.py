"""The command `kring` from its first moment, on whatever terminal it is given.

An interrupt while it loads is one line; a sign that a terminal cannot show is a plainer one.
"""

import codecs
import contextlib
import io
import logging
import os
import sys
import traceback

from kring.experiments.execution.interruption import say_nothing_more_of_what_is_dropped

INTERRUPTED = 130  # exit code, as a shell has it
NOTHING_WRITTEN = "interrupted; no results were written"
PLAINER = {
    "\N{MINUS SIGN}": "-", "\N{WORD JOINER}": "", "\u2018": "'", "\u2019": "'",
    "\N{EURO SIGN}": "EUR ",
}  # fmt: skip


def plainer(error: UnicodeError) -> tuple[str, int]:
    """What to print for signs that a terminal cannot show."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    signs = error.object[error.start : error.end]
    return "".join(PLAINER.get(sign, "?") for sign in signs), error.end


def main() -> None:
    """Load the command line and run it: whatever goes wrong is one line, and an exit code."""
    ready_streams()
    os.environ["MPLBACKEND"] = "agg"  # another may be named that there is not
    logging.getLogger("matplotlib").setLevel(logging.ERROR)  # of settings that Kring doesn't use
    try:
        from kring.experiments.cli import commands

        commands.main()
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else int(end.code is not None)
    except KeyboardInterrupt:
        code = interrupted()
    except BrokenPipeError:  # whoever read along has seen enough
        code = 1
    except OSError as error:
        code = complain(what_failed(error), 2)
    except MemoryError:
        code = complain("memory is full: take fewer clients, or live a town in pieces", 1)
    except Exception as error:
        code = complain(
            f"a fault of Kring's own, please report it: {type(error).__name__}: {error} "
            "(with KRING_TRACE=1 before the command it says where)", 1,
        )  # fmt: skip
        trace_if_asked()
    sys.exit(all_printed(code))


def trace_if_asked() -> None:
    """Print where it went wrong, for who wants to mend it."""
    if os.environ.get("KRING_TRACE"):
        traceback.print_exc()


def what_failed(error: OSError) -> str:
    """What the machine did not let do."""
    if error.filename is not None:
        return f"cannot use {error.filename}: {error.strerror}"
    if isinstance(error, FileNotFoundError):
        return "the folder that you work in is gone: go to another"
    return f"cannot go on: {error.strerror or error}"


def ready_streams() -> None:
    """Streams that take every sign; where one is closed, what is printed goes nowhere."""
    codecs.register_error("plainer", plainer)
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None:
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: SIM115
        elif isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="plainer")


def all_printed(code: int) -> int:
    """The exit code when what was printed has gone out; as while printing where it could not."""
    try:
        sys.stdout.flush()
    except OSError as error:
        with contextlib.suppress(OSError):  # nothing is left to be printed at the very end
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        if isinstance(error, BrokenPipeError):
            return code or 1
        return complain(f"cannot print: {error.strerror}", code or 2)
    return code


def interrupted(text: str = NOTHING_WRITTEN) -> int:
    """Say in a line, the last, that it was interrupted; returns the exit code."""
    say_nothing_more_of_what_is_dropped()
    return complain(text, INTERRUPTED)


def complain(text: str, code: int) -> int:
    """Print a line on stderr; returns the exit code."""
    # A file's name may hold what would break the line, or steer the terminal.
    line = "".join(
        sign if sign.isprintable() or "\ud800" <= sign < "\ue000" else " " for sign in text
    )
    with contextlib.suppress(OSError):
        print("kring:", line, file=sys.stderr)
    return code


if __name__ == "__main__":
    main()
