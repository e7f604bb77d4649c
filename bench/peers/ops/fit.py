"""Plain NMF by scikit-learn: X (N x d) ~ C (N x r) U^T, from given factors; f32, tol = 0."""

import warnings

import numpy as np
from sklearn.decomposition import NMF
from sklearn.exceptions import ConvergenceWarning

from store import arrays

warnings.simplefilter("ignore", ConvergenceWarning)


def descend(solver, iterations, C, H):
    """Codes and components after so many iterations, and |X - C H|^2."""
    model = NMF(n_components=C.shape[1], init="custom", solver=solver, tol=0, max_iter=iterations)
    codes = model.fit_transform(arrays["X"], W=C.copy(), H=H.copy())
    return codes, model.components_, float(model.reconstruction_err_) ** 2


def run(solver, iterations):
    """|X - C U^T|^2 after so many iterations from arrays C (N x r) and Ut (r x d)."""
    return descend(solver, iterations, arrays["C"], arrays["Ut"])[2]


def reach(solver, objective, limit):
    """The fewest iterations that get to the objective, found one at a time; 0 if `limit` do not."""
    C, H = arrays["C"], arrays["Ut"]
    for done in range(1, limit + 1):
        C, H, reached = descend(solver, 1, C, H)
        if reached <= objective:
            return done
    return 0
