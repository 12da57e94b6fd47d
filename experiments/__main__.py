"""``python -m experiments`` is the command `kring`."""

from experiments.cli.entry import main

if __name__ == "__main__":  # a worker that is started anew runs nothing
    main()
