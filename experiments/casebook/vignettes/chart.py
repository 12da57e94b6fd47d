"""The figure of the vignettes: three sums beside each other."""

from textwrap import fill

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from kring.experiments.casebook.vignettes.sums import COMPONENTS, NET, VIGNETTES, Vignette
from kring.experiments.charts import style
from kring.experiments.charts.panels import TITLE, column, finish
from kring.experiments.text.language import _, said


def vignette_chart(table: pd.DataFrame) -> Figure:
    """A panel a vignette."""
    chart, axes = column([2.6] * len(VIGNETTES))
    for ax, vignette in zip(axes, VIGNETTES, strict=True):
        panel(ax, vignette, table[table["vignette"] == vignette.evidence])
    note = _(
        "EUR per case in the first year; right: saved; bars of the net saving: 95% of the sets, or "
        "of the towns of one set; diamonds: published, at least"
    )
    style.under(chart, note)
    return chart


def panel(ax: Axes, vignette: Vignette, table: pd.DataFrame) -> None:
    """One vignette as a sum: a bar a component, and the net saving beside what was published."""
    words = [*COMPONENTS.values(), NET]
    part = table.set_index("component").loc[[word.en for word in words]]
    y = np.arange(len(part))
    ax.barh(y, part["eur"].fillna(0), color=style.BLUE, height=0.6)
    net = part.loc[NET.en]
    if np.isfinite(net["low"]):
        # A range of its own: the mean over all cases may lie outside that of the sets' own means.
        low, high = net["low"], net["high"]
        ax.errorbar((low + high) / 2, y[-1], xerr=(high - low) / 2, color="black", capsize=3)
    ax.plot(net["published"], y[-1], "D", color="black", markerfacecolor="white", zorder=5)
    ax.axvline(0, color="black", linewidth=0.8)
    ax.set_axisbelow(True)
    cases = _("{n} cases").format(n=f"{net['cases']:.0f}")
    title = fill(f"{vignette.evidence}: {said(vignette.about)} ({cases})", TITLE)
    ax.set_title(title, fontsize=10)
    finish(ax, [said(word) for word in words])
