"""``python -m kring`` is the command `kring`."""

from kring.experiments.cli.entry import main

if __name__ == "__main__":  # a worker that is started anew runs nothing
    main()
