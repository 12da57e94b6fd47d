"""``python -m experiments.calibration`` fits the strengths."""

from experiments.calibration.fit import main

main()
