"""Run the tests of the compiled core on each release of Numba that is listed as tried.

``python release/numbas.py [0.62 ...]`` makes an environment for each, one after the other, with the
last version of that release that can be installed here, and compiles all anew in it. A release
that needs another Python is named as left out. Ends with an error if the tests fail on any.
"""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from kring.simulation.compiled import TRIED

ROOT = Path(__file__).parents[1]
TESTS = ("tests/test_compiled.py", "tests/test_reference_run.py")


def outcome(release: str, folder: Path) -> str:
    """What became of the tests on a release: "passed", "failed", or "can't be installed here"."""
    subprocess.run([sys.executable, "-m", "venv", folder / "env"], check=True)
    python = folder / "env" / "bin" / "python"
    tools = ("pytest", "hypothesis", f"numba=={release}.*")
    install = [python, "-m", "pip", "install", "-q", "-e", str(ROOT), *tools]
    if subprocess.run(install).returncode:
        return "can't be installed here"
    settings = os.environ | {"KRING_CACHE": str(folder / "cache")}
    done = subprocess.run([python, "-m", "pytest", "-q", *TESTS], cwd=ROOT, env=settings)
    return "failed" if done.returncode else "passed"


def main() -> None:
    """Try the releases that are asked for, or all."""
    found = {}
    for release in sys.argv[1:] or TRIED:
        with tempfile.TemporaryDirectory() as folder:
            found[release] = outcome(release, Path(folder))
        print(f"Numba {release}: {found[release]}", flush=True)
    if "failed" in found.values():
        sys.exit("The tests of the compiled core failed on a release that is listed as tried.")


if __name__ == "__main__":
    main()
