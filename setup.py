"""What a wheel holds: `kring`, with the folders of the model and the studies as parts of it.

All else stands in `pyproject.toml`, which can't say this. An installed Kring has one name,
so that no `simulation.py` of a user's own comes in its way.
"""

from setuptools import find_namespace_packages, setup

FOLDERS = ("simulation", "experiments")
found = find_namespace_packages(include=[part for name in FOLDERS for part in (name, f"{name}.*")])
setup(
    packages=["kring", *(f"kring.{name}" for name in found)],
    package_dir={f"kring.{name}": name for name in FOLDERS},
)
