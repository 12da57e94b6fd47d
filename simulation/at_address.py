"""Machine code that is called by its address, from compiled code.

Loaded only where something is compiled, for it loads Numba.
"""

from typing import Any

from numba import types
from numba.core import cgutils
from numba.core.registry import cpu_target
from numba.extending import intrinsic


@intrinsic
def call(
    typing: Any,
    where: Any,
    world: Any,
    extension: Any,
    row: Any,
    tie: Any,
    week: Any,
    chance: Any,
) -> Any:
    """Call ``f(world, extension, row, tie_row, week, chance)`` at an address; gives a chance."""
    kinds = (world, *(types.int64,) * 4, types.float64)

    def code(target: Any, builder: Any, signature: Any, values: Any) -> Any:
        function = target.call_conv.get_function_type(types.float64, kinds)
        pointer = builder.inttoptr(values[0], function.as_pointer())
        status, changed = target.call_conv.call_function(
            builder, pointer, types.float64, kinds, values[1:]
        )
        with cgutils.if_unlikely(builder, status.is_error):  # type: ignore[no-untyped-call]
            target.call_conv.return_status_propagate(builder, status)
        return changed

    return types.float64(types.int64, *kinds), code


def call_type() -> Any:
    """What stands for `call` where compiled code names it."""
    cpu_target.typing_context.refresh()  # it has come since the last look
    return cpu_target.typing_context.resolve_value_type(call)
