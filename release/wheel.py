"""Build the wheel for this platform, with the model's machine code in it.

``python release/wheel.py OUT`` compiles the model for any processor of this kind, lays it into a
copy of the sources under their fingerprint, builds the wheel from that copy, installs it aside and
sees that a town lives the same there, to the last bit, as with the code that is compiled here.
The repository itself holds none for a processor: nobody could read what it does.
"""

import os
import shutil
import subprocess
import sys
import sysconfig
import tempfile
from pathlib import Path
from zipfile import ZipFile

ROOT = Path(__file__).parents[1]
FOLDERS = ("kring", "experiments", "simulation")
BESIDE = ("pyproject.toml", "setup.py", "README.md", "LICENSE")
ANY_PROCESSOR = {"NUMBA_CPU_NAME": "generic", "NUMBA_CPU_FEATURES": ""}
COMPILE = """
import pandas as pd
from kring.simulation.parameters import Parameters
from kring.simulation.run import compile_first
from kring.simulation.town import Town
from kring.simulation.world import settle
compile_first()
settle(Town.from_table(pd.DataFrame({"age": [40]})), Parameters(), 1)
"""
PLACES = """
from kring.simulation.compiled import cache_folder, shipped_folder
print(cache_folder(), shipped_folder(), sep="\\n")
"""
LIVE = """
import hashlib, sys
from kring.simulation.policy import Policy
from kring.simulation.run import simulate
from kring.simulation.town import Town
town = Town.preset("class", hesitant=0.3, leave=0.1)
busy = Policy.preset("wijkteam", offer=0.3, agencies=0.5, outreach=0.3, community_hours=10,
    collective_hours=1, reciprocity="expected", short_provision=0.5, check_ins=4, training=20,
    outside_guidance=0.5, outside_guidance_capacity=40, referral_only=0.3, input_steering=0.3)
policies = {"team": busy, "conference": Policy.preset("eigen_kracht")}
result = simulate(town.replace(conference_share=0.3), policies, weeks=156, seed=3)
parts = (result.sums, result.municipal_sums, result.client_rows, result.episode_rows)
print(hashlib.sha256(b"".join(part.tobytes() for part in parts)).hexdigest())
print("numba" in sys.modules)
"""


def run(python: str | Path, code: str, where: Path, **more: str) -> list[str]:
    """Run Python code; returns the lines it prints."""
    done = subprocess.run(
        [python, "-c", code], cwd=where, env=os.environ | more, text=True, check=True,
        stdout=subprocess.PIPE,
    )  # fmt: skip
    return done.stdout.splitlines()


def build(aside: Path, out: Path) -> Path:
    """Build the wheel in a folder aside."""
    copy = aside / "sources"
    unneeded = shutil.ignore_patterns("__pycache__", "shipped")
    for folder in FOLDERS:
        shutil.copytree(ROOT / folder, copy / folder, symlinks=True, ignore=unneeded)
    for name in BESIDE:
        shutil.copy(ROOT / name, copy / name)
    settings = {**ANY_PROCESSOR, "KRING_CACHE": str(aside / "cache")}
    run(sys.executable, COMPILE, copy, **settings)
    made, shipped = run(sys.executable, PLACES, copy, **settings)
    shutil.copytree(made, shipped)
    platform = sysconfig.get_platform().replace("-", "_").replace(".", "_")
    subprocess.run(
        [sys.executable, "-m", "pip", "wheel", "-q", "--no-deps", "-w", out, copy,
         f"--config-settings=--build-option=--plat-name={platform}"],
        check=True,
    )  # fmt: skip
    return max(out.glob("kring-*.whl"), key=lambda wheel: wheel.stat().st_mtime)


def check(wheel: Path, aside: Path) -> None:
    """See that the wheel's code gives the bits of code compiled here, and needs no compiler.

    All its modules are parts of `kring`: a user's own files may have any other name.
    """
    names = {name.partition("/")[0] for name in ZipFile(wheel).namelist()}
    if {name for name in names if not name.endswith(".dist-info")} != {"kring"}:
        sys.exit(f"the wheel brings other names than kring: {sorted(names)}")
    installed = aside / "installed"
    pip = [sys.executable, "-m", "pip", "install", "-q", "--no-deps"]
    subprocess.run([*pip, "--target", installed, wheel], check=True)
    settings = {"PYTHONPATH": str(installed), "KRING_CACHE": str(aside / "none")}
    bits, compiled = run(sys.executable, LIVE, aside, **settings)
    if bits != run(sys.executable, LIVE, ROOT)[0] or compiled == "True":
        sys.exit("the wheel's code is not that of the sources")


def main(out: str = "dist") -> None:
    """Build and check the wheel."""
    with tempfile.TemporaryDirectory() as folder:
        wheel = build(Path(folder), Path(out).resolve())
        check(wheel, Path(folder))
    print(f"{wheel}: {wheel.stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    main(*sys.argv[1:])
