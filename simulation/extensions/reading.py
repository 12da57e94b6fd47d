"""Rows of an extension, read where they lie in memory: compiled, or plain."""

import ctypes
from functools import cache
from typing import Any

import numpy as np

from kring.simulation.compiled import PLAIN


def plain_rows(address: int, n: int, row: np.dtype) -> np.recarray:
    """A table of ``n`` rows that lies at an address."""
    memory = (ctypes.c_char * (n * row.itemsize)).from_address(int(address))
    rows: np.recarray = np.frombuffer(memoryview(memory), row).view(np.recarray)
    return rows


@cache
def rows_at() -> Any:
    """What reads a table at an address: ``rows_at()(address, n, row)``."""
    if PLAIN:
        return plain_rows
    from numba import types
    from numba.extending import intrinsic
    from numba.np.arrayobj import populate_array

    @intrinsic
    def compiled_rows(typing: Any, address: Any, n: Any, row: Any) -> Any:
        table = types.Array(row.dtype, 1, "C")

        def code(target: Any, builder: Any, signature: Any, values: Any) -> Any:
            rows = target.make_array(table)(target, builder)
            size = target.get_abi_sizeof(target.get_data_type(table.dtype))
            size = target.get_constant(types.intp, size)
            data = builder.inttoptr(values[0], rows.data.type)
            populate_array(  # type: ignore[no-untyped-call]
                rows, data=data, shape=[values[1]], strides=[size], itemsize=size, meminfo=None
            )
            return rows._getvalue()

        return table(types.int64, types.int64, row), code

    return compiled_rows
