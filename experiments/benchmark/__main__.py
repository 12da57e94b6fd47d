"""``python -m experiments.benchmark``."""

import typer

from experiments.benchmark.speed import main

typer.run(main)
