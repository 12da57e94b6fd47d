"""The command `kring` from its first moment: an interrupt while it loads is one line too."""

import sys

INTERRUPTED = 130  # exit code, as a shell has it
NOTHING_WRITTEN = "interrupted; no results were written"


def main() -> None:
    """Load the command line and run it."""
    try:
        from experiments import cli
    except KeyboardInterrupt:
        print(f"kring: {NOTHING_WRITTEN}", file=sys.stderr)
        sys.exit(INTERRUPTED)
    cli.main()


if __name__ == "__main__":
    main()
