"""From a plan to a result: run it, read it, put it in its place; preview it; repeat it."""
