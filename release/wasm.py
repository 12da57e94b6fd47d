"""Build the model as one WebAssembly module, for a page that anybody can open.

``python release/wasm.py`` takes the very functions that Numba compiles, in LLVM's language, and
makes a module of them that imports nothing and knows no processor: ``kring.wasm``. The mathematics
linked into it are musl's, for engines of browsers differ in the last bit. ``kring.json`` beside it
tells from which sources it was made and how the rows lie in memory. Needs the extra ``wasm``.
"""

import gzip
import hashlib
import itertools
import json
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numba
from llvmlite import binding as llvm
from numba.core.typed_passes import NativeLowering

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from kring.experiments.execution.files import write_json, write_text, write_whole  # noqa: E402
from kring.experiments.explore.facts import MODULE, described  # noqa: E402
from kring.simulation import between, once, people, week  # noqa: E402
from kring.simulation.behaviour import organising, pace, places  # noqa: E402
from kring.simulation.compiled import OPTIONS, Behaviour, Kept, cache_folder  # noqa: E402
from kring.simulation.policy import Policy  # noqa: E402
from kring.simulation.run import run_in, simulate  # noqa: E402
from kring.simulation.town import Town  # noqa: E402

FUNCTIONS: tuple[Kept, ...] = (
    people.draw_clients, people.draw_networks, people.draw_traits, organising.meet_policies,
    pace.pace_asked, pace.times_usual, pace.pace_found, pace.work_at, week.begin_here, week.live,
    between.on_the_way,
)  # fmt: skip
TRIPLE = "wasm32-unknown-unknown"
LAYOUT = "e-m:e-p:32:32-p10:8:8-p20:8:8-i64:64-i128:128-n32:64-S128-ni:1:10:20"
FEATURES = "+bulk-memory,+sign-ext,+nontrapping-fptoint"  # in every browser since 2021
FROM_MUSL = {"cos", "erfc", "exp", "log", "log1p", "memcpy", "memmove", "memset", "pow", "sqrt"}
STACK = 1 << 18  # bytes
NOTICES = {"musl": "libc/musl/COPYRIGHT", "wasi-libc": "libc/wasi/LICENSE-MIT"}


class InLlvm(once.Whole):
    """A function with all that it calls, left in LLVM's language."""

    def make_machine_code(self) -> None:
        """Make none: keep what has been linked."""
        self.text = str(self._final_module)
        self._finalized = True


@once.register_pass(mutates_CFG=True, analysis_only=False)
class LowerToText(NativeLowering):
    """The step at which a function stops in LLVM's language."""

    _name = "kring_lower_to_text"

    def run_pass(self, state: Any) -> bool:
        """Lower a function that goes into the module."""
        return once.lower(state, InLlvm, get_executable=once.without_code)


def called_with() -> dict[Kept, tuple[Any, ...]]:
    """Arguments of each function, as a town that lives calls it."""
    seen: dict[Kept, tuple[Any, ...]] = {}
    plain = Kept.__call__

    def noted(function: Kept, *given: Any) -> Any:
        seen.setdefault(function, given)
        return plain(function, *given)

    Kept.__call__ = noted  # type: ignore[method-assign]
    try:
        town = Town.preset("going_concern", clients=20, weeks_before=30, queue_kept_by="cases")
        simulate(run_in(town, Policy(), 1, threads=1), Policy(offer=1), 1, phase_in=8, threads=1)
    finally:
        Kept.__call__ = plain  # type: ignore[method-assign]
    return seen


def lowered() -> dict[str, str]:
    """Each function in LLVM's language, with all that it calls; kept, for it takes a minute."""
    how = hashlib.sha256(Path(__file__).read_bytes()).hexdigest()[:8]
    kept = (cache_folder() or Path(tempfile.gettempdir())) / f"functions-{how}.json"
    if not kept.exists():
        given = called_with()
        places.there_is_any.part = once.part(nothing_is_there, inline=True)
        write_json(kept, {one.__name__: in_llvm(one, given[one]) for one in FUNCTIONS})
    found: dict[str, str] = json.loads(kept.read_text())
    return found


def nothing_is_there(world: Any, place: Any) -> bool:
    """A page has no extensions, so that nothing is put at any place of the week."""
    return False


def in_llvm(function: Kept, given: tuple[Any, ...]) -> str:
    """A function in LLVM's language, seen from outside by its own name."""
    steps = once.steps_with(LowerToText)
    whole = numba.njit(**OPTIONS, no_cpython_wrapper=True, pipeline_class=steps)(function.py_func)
    kinds = tuple(numba.typeof(one) for one in given)
    with once.Progress(function.py_func, Behaviour.number):
        whole.compile(kinds)
    found = whole.overloads[kinds]
    return re.sub(
        rf'@"?{re.escape(found.fndesc.llvm_func_name)}"?(?=\()',
        f"@{function.__name__}", found.library.text,
    )  # fmt: skip


def for_wasm(text: str) -> llvm.ModuleRef:
    """A module for another machine: nothing is known of the processor any more."""
    text = re.sub(r"^target triple.*$", f'target triple = "{TRIPLE}"', text, flags=re.M)
    text = re.sub(r"^target datalayout.*$", f'target datalayout = "{LAYOUT}"', text, flags=re.M)
    return llvm.parse_assembly(re.sub(r'"target-(cpu|features)"="[^"]*"', "", text))


def linked(texts: dict[str, str]) -> llvm.ModuleRef:
    """All functions in one module, of which only their own names are seen from outside."""
    whole, *others = map(for_wasm, texts.values())
    for other in others:
        whole.link_in(other)
    for one in [*whole.functions, *whole.global_variables]:
        if not one.is_declaration and one.name not in texts:
            one.linkage = "internal"
    return whole


def missing(module: llvm.ModuleRef) -> Iterator[str]:
    """What is called and is in neither the module nor musl."""
    for function in module.functions:
        is_known = function.name.startswith("llvm.") or function.name in FROM_MUSL
        if function.is_declaration and not is_known:
            yield function.name


def who_calls(symbol: str, texts: dict[str, str]) -> list[str]:
    """The functions that call something, as they are named in Python."""
    found, here = set(), ""
    for line in itertools.chain.from_iterable(text.splitlines() for text in texts.values()):
        if line.startswith("define "):
            here = named(re.search(r'@"?([^"(]+)', line)[1])  # type: ignore[index]
        elif f"@{symbol}(" in line and not line.startswith("declare "):
            found.add(here)
    return sorted(found)


def named(symbol: str) -> str:
    """A function's name before Numba mangled it, without its types."""
    parts, rest = [], symbol.removeprefix("_ZN")
    while length := re.match(r"\d+", rest):
        end = length.end() + int(length[0])
        parts.append(rest[length.end() : end])
        rest = rest[end:]
    return ".".join(parts[:-1]) or symbol


def optimised(texts: dict[str, str]) -> bytes:
    """All functions as one object file for WebAssembly.

    Raises
    ------
    SystemExit
        Where a function allocates, or calls another thing that is in neither the model nor musl.
    """
    module = linked(texts)
    llvm.initialize_all_targets()
    llvm.initialize_all_asmprinters()
    target = llvm.Target.from_triple(TRIPLE)
    machine = target.create_target_machine(cpu="generic", features=FEATURES, opt=2, reloc="static")
    options = llvm.create_pipeline_tuning_options(speed_level=2)
    options.loop_vectorization = options.slp_vectorization = False
    builder = llvm.create_pass_builder(machine, options)
    builder.getModulePassManager().run(module, builder)
    module.verify()
    for symbol in missing(module):
        sys.exit(f"{symbol} is not there in a page; it is called by {who_calls(symbol, texts)}")
    return bytes(machine.emit_object(module))


def with_musl(object_file: bytes, names: list[str]) -> bytes:
    """An object file linked with musl's mathematics: a module without imports."""
    with tempfile.TemporaryDirectory() as folder:
        made, module = Path(folder) / "kring.o", Path(folder) / "kring.wasm"
        made.write_bytes(object_file)
        seen = [f"-Wl,--export={name}" for name in (*names, "__heap_base")]
        how = ["-target", "wasm32-wasi", "-mexec-model=reactor"]
        then = ["-Wl,--strip-all", f"-Wl,-z,stack-size={STACK}"]
        zig = [sys.executable, "-m", "ziglang", "cc"]
        subprocess.run([*zig, *how, *then, *seen, made, "-o", module], check=True)
        return module.read_bytes()


def notices() -> str:
    """The licences of what is linked in."""
    [folder] = find_spec("ziglang").submodule_search_locations  # type: ignore[union-attr, misc]
    texts = {of: (Path(folder) / "lib" / where).read_text() for of, where in NOTICES.items()}
    return "\n\n".join(f"{of}\n\n{text}" for of, text in texts.items())


def main(out: str = str(MODULE)) -> None:
    """Build the module, what describes it, and the notices of what was linked in."""
    folder = Path(out)
    folder.mkdir(exist_ok=True)
    texts = lowered()
    module = with_musl(optimised(texts), list(texts))
    write_whole(folder / "kring.wasm", module)
    write_text(folder / "NOTICE", notices())
    write_json(folder / "kring.json", described())  # last: it says that the module is of now
    print(f"{folder / 'kring.wasm'}: {len(module)} bytes, {len(gzip.compress(module, 9))} zipped")


if __name__ == "__main__":
    main(*sys.argv[1:])
