"""LIBLINEAR through scikit-learn: L2-loss, L2-regularised, one against the rest, in the dual."""

import time
import warnings

import numpy
from sklearn.svm import LinearSVC

from store import arrays

# An epoch cap that is reached is part of the result: its objective says so.
warnings.filterwarnings("ignore")
trained = {}


def fit(X, labels, C, tol):
    """Trains; returns only when done, all of it inside the process. labels: integers."""
    model = LinearSVC(C=C, tol=tol, dual=True, loss="squared_hinge", intercept_scaling=1.0, max_iter=1000)
    trained["model"] = model.fit(arrays[X], labels)


def prepare(X):
    """arrays[X] in f64 and contiguous, as LIBLINEAR wants it: no conversion is timed."""
    arrays[X] = numpy.ascontiguousarray(arrays[X], dtype=numpy.float64)


def weights():
    """Weights (classes x features) and, last column, the bias; arrays["weights"]. Returns the epochs."""
    model = trained["model"]
    arrays["weights"] = numpy.hstack([model.coef_, model.intercept_[:, None]])
    return int(numpy.max(model.n_iter_))
