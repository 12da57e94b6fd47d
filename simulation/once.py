"""Compile once: what only compiled code calls is linked first, then optimised together.

Numba by itself optimises every function with all that it calls and makes machine code of each, so
that one ten calls deep is optimised ten times over. Here a function stops at LLVM's language; the
one that Python calls takes in all it needs, and is optimised and turned into machine code once.
That takes half of the time. It leans on inner parts of Numba, so `kring.simulation.compiled` uses
it only with releases on which it was tried, and compiles in Numba's own way with others.
"""

import hashlib
import math
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import Any

import numba
from llvmlite import binding as llvm
from numba import _dynfunc, types
from numba.core import event, itanium_mangler
from numba.core.codegen import JITCodeLibrary
from numba.core.compiler import CompilerBase, DefaultPassBuilder
from numba.core.compiler_machinery import register_pass
from numba.core.typed_passes import NativeLowering
from tqdm import tqdm

from kring.simulation.compiled import OPTIONS
from kring.simulation.machine_code import Code

LINKED = "kring: linked"  # said when only the machine code is still to be made


class Part(JITCodeLibrary):
    """A function in LLVM's language, to be linked into one that Python calls."""

    def add_llvm_module(self, module: llvm.ModuleRef) -> None:
        """Take in code as it is."""
        module.data_layout = self._codegen._data_layout
        self._final_module.link_in(module)

    def finalize(self) -> None:
        """Leave it in LLVM's language."""
        self._finalized = True

    def get_pointer_to_function(self, name: str) -> int:
        """There is no machine code to point to."""
        return 0


class Whole(JITCodeLibrary):
    """A function that Python calls, with all that it calls."""

    add_llvm_module = Part.add_llvm_module

    def finalize(self) -> None:
        """Link all that is called, optimise it together, and make machine code of it."""
        self._raise_if_finalized()
        for part in called_by(self):
            self._final_module.link_in(part._get_module_for_linking(), preserve=True)
        for function in self._final_module.functions:
            if not function.is_declaration and function.linkage == llvm.Linkage.linkonce_odr:
                function.linkage = "internal"  # only what Python calls is seen from outside
        with event.trigger_event(LINKED):
            self.make_machine_code()

    def make_machine_code(self) -> None:
        """Optimise what has been linked, and make machine code of it."""
        options = llvm.create_pipeline_tuning_options(speed_level=3)
        builder = llvm.create_pass_builder(self._codegen._tm, options)
        builder.getModulePassManager().run(self._final_module, builder)
        self._final_module.verify()
        self._finalize_final_module()


def called_by(library: JITCodeLibrary) -> Iterator[JITCodeLibrary]:
    """All that a function calls, and what these call, each once."""
    seen, ahead = set(), list(library._linking_libraries)
    while ahead:
        part = ahead.pop(0)
        if part not in seen:
            seen.add(part)
            yield part
            ahead += part._linking_libraries


def short_name(name: str, given: tuple, *, abi_tags: tuple = (), uid: Any = None) -> str:
    """A function's name in machine code: its types by number, not with all their columns."""
    kinds = hashlib.sha256(f"{given} {abi_tags} {uid}".encode()).hexdigest()[:16]
    return itanium_mangler.mangle(f"{name}.{kinds}", ())


def lower(state: Any, library: type[JITCodeLibrary], **instead: Callable) -> bool:
    """Turn a typed function into LLVM's language, in a library of a kind."""
    target = state.targetctx
    state.library = library(target.codegen(), state.func_id.func_qualname)
    state.library.enable_object_caching()
    vars(target).update(instead, mangler=short_name)
    try:
        return NativeLowering.run_pass(NativeLowering(), state)
    finally:
        for name in (*instead, "mangler"):
            del vars(target)[name]


def without_code(library: JITCodeLibrary, function: Any, environment: Any) -> Any:
    """What stands for a function that Python can't call."""
    library.finalize()
    name = function.qualname.split(".")[-1]
    return _dynfunc.make_function(function.lookup_module(), name, "", 0, environment, (library,))


@register_pass(mutates_CFG=True, analysis_only=False)
class LowerPart(NativeLowering):
    """The step at which a part stops."""

    _name = "kring_lower_part"

    def run_pass(self, state: Any) -> bool:
        """Lower a function that only compiled code calls."""
        return lower(state, Part, get_executable=without_code)


@register_pass(mutates_CFG=True, analysis_only=False)
class LowerForPython(NativeLowering):
    """The step at which a function that Python calls is made, with what it calls."""

    _name = "kring_lower_for_python"

    def run_pass(self, state: Any) -> bool:
        """Lower a function that Python calls through Numba."""
        return lower(state, Whole)


@register_pass(mutates_CFG=True, analysis_only=False)
class LowerToKeep(NativeLowering):
    """The step at which a function is made that is called without Numba."""

    _name = "kring_lower_to_keep"

    def run_pass(self, state: Any) -> bool:
        """Lower a function whose machine code is kept."""
        return lower(state, Whole, get_executable=without_code)


def steps_with(lowering: type[NativeLowering]) -> type[CompilerBase]:
    """Numba's steps, with another lowering."""

    class Steps(CompilerBase):
        def define_pipelines(self) -> list:
            steps = DefaultPassBuilder.define_nopython_pipeline(self.state)
            steps.passes = [
                (lowering if step is NativeLowering else step, what) for step, what in steps.passes
            ]
            steps._finalized = False
            steps.finalize()
            return [steps]

    return Steps


FOR_CODE, FOR_PYTHON, TO_KEEP = map(steps_with, (LowerPart, LowerForPython, LowerToKeep))


def part(function: Callable, *, inline: bool) -> Callable:
    """A function as compiled code calls it; what is small is put in place."""
    more = {"forceinline": True} if inline else {}
    return numba.njit(**OPTIONS, **more, no_cpython_wrapper=True, pipeline_class=FOR_CODE)(function)


def for_python(function: Callable) -> Callable:
    """A function as Python calls it through Numba: any behaviour by itself."""
    return numba.njit(**OPTIONS, pipeline_class=FOR_PYTHON)(function)


class Progress(event.Listener):
    """A bar on the error stream: a step for every function that is ready to be linked.

    These take about half of the time, the machine code of all together takes the rest.
    """

    def __init__(self, function: Callable, expected: int | None) -> None:
        self.name = f"compiling: {function.__name__.replace('_', ' ')}"
        self.bar = tqdm(
            total=expected, desc=self.name, unit="function",
            delay=1, mininterval=0.5, leave=False, dynamic_ncols=True,
        )  # fmt: skip
        self.listening = ExitStack()

    def __enter__(self) -> None:
        for kind in ("numba:compile", LINKED):
            self.listening.enter_context(event.install_listener(kind, self))

    def __exit__(self, *error: Any) -> None:
        self.listening.close()
        self.bar.close()

    def on_start(self, event: event.Event) -> None:
        """All are linked: as long again for the machine code."""
        if event.kind == LINKED:
            self.bar.total = self.bar.n
            self.bar.set_description_str(f"{self.name}, now its machine code, as long again")

    def on_end(self, event: event.Event) -> None:
        """One more is ready."""
        if event.kind != LINKED and self.bar.n < (self.bar.total or math.inf):
            self.bar.update()


def make(function: Callable, given: tuple, expected: int | None = None) -> Code:
    """Make the machine code of a function for arguments of these types.

    It is shown how far that is, of so many functions as are ``expected``.
    """
    whole = numba.njit(**OPTIONS, no_cpython_wrapper=True, pipeline_class=TO_KEEP)(function)
    kinds = tuple(numba.typeof(one) for one in given)
    with Progress(function, expected):
        whole.compile(kinds)
    found = whole.overloads[kinds]
    code = found.library._get_compiled_object()
    return Code(found.fndesc.llvm_func_name, letters(found.signature.return_type), code)


def letters(kind: types.Type) -> str:
    """What a function returns, as `struct` writes it."""
    if isinstance(kind, types.BaseTuple):
        return "".join(map(letters, kind))
    return {types.none: "", types.int64: "q", types.float64: "d"}[kind]
