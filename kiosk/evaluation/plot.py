"""The pictures of a measurement: how the scores lie, which errors each threshold costs (DET), and the ROC on a page of its own."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np

from kiosk.evaluation.comparing import Compared
from kiosk.evaluation.statistics import curve, equal

LOWEST = 1e-4  # of both axes: no set here can show less


def draw(measured: Mapping[str, Compared], into: Path, title: str) -> None:
    """A PNG: one row a way of comparing. Raises OSError."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg  # no window, no global state
    from matplotlib.figure import Figure

    figure = Figure(figsize=(11, 4.2 * len(measured)), layout="constrained", dpi=110)
    FigureCanvasAgg(figure)
    figure.suptitle(title)
    for row, (name, scores) in enumerate(measured.items()):
        lie = figure.add_subplot(len(measured), 2, 2 * row + 1)
        bins = list(np.linspace(0, max(float(scores.impostor.max()), float(scores.genuine.max())), 60))
        lie.hist(scores.genuine, bins, density=True, alpha=0.6, label=f"same person ({len(scores.genuine)})")
        lie.hist(scores.impostor, bins, density=True, alpha=0.6, label=f"strangers ({len(scores.impostor)})")
        lie.set_xlabel("score (distance)")
        lie.set_title(name)
        lie.legend()
        errors = figure.add_subplot(len(measured), 2, 2 * row + 2)
        _, fmr, fnmr = curve(scores.genuine, scores.impostor)
        errors.plot(np.maximum(fmr, LOWEST), np.maximum(fnmr, LOWEST))
        errors.plot([LOWEST, 1], [LOWEST, 1], linestyle=":", color="grey")
        errors.set_xscale("log")
        errors.set_yscale("log")
        errors.set_xlim(LOWEST, 1)
        errors.set_ylim(LOWEST, 1)
        errors.set_xlabel("FMR: strangers who pass")
        errors.set_ylabel("FNMR: right people who are refused")
        errors.grid(visible=True, which="both", alpha=0.3)
    figure.savefig(into, format="png")


def draw_roc(measured: Mapping[str, Compared], into: Path, title: str) -> None:
    """A PNG: a curve a way of comparing, its EER marked. Raises OSError."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg  # as above

    figure = roc(measured, title)
    FigureCanvasAgg(figure)
    figure.savefig(into, format="png")


def roc(measured: Mapping[str, Compared], title: str) -> Any:
    """Right people who pass against strangers who pass (ISO/IEC 19795-1). On the dotted line both errors are the same: there is the EER."""
    from matplotlib.figure import Figure

    figure = Figure(figsize=(7.5, 7.0), layout="constrained", dpi=110)
    axes = figure.add_subplot()
    for name, scores in measured.items():
        _, fmr, fnmr = curve(scores.genuine, scores.impostor)
        (line,) = axes.plot(np.maximum(fmr, LOWEST), 1 - fnmr, drawstyle="steps-post", label=name)
        eer = equal(scores.genuine, scores.impostor)
        at = max(eer, LOWEST)
        axes.plot([at], [1 - eer], marker="o", color=line.get_color(), linestyle="none", label=f"EER {eer:.2%}, {name}", clip_on=False)
    same = np.geomspace(LOWEST, 1, 200)
    axes.plot(same, 1 - same, linestyle=":", color="grey")
    axes.set_xscale("log")
    axes.set_xlim(LOWEST, 1)
    axes.set_ylim(0, 1.01)
    axes.set_xlabel("FMR: strangers who pass")
    axes.set_ylabel("1 - FNMR: right people who pass")
    axes.set_title(title, wrap=True)
    axes.grid(visible=True, which="both", alpha=0.3)
    axes.legend(loc="lower right")
    return figure
