"""`evaluate` with satnmf, preset robust, written for NumPy: the peer of bench/subjects/end-to-end.ts.

f32, in place where NumPy can; the products over X serve all trials at once (r_total = trials * r). Factors lie
as r x d and r x N, so that an atom is contiguous. Coordinate descent works on blocks of atoms: a block's
gradients are one product, and what its own atoms change is added as they go. The codes' sweep takes a whole row
at a time (docs/method.md 3.12, the row-wise majorisation): the exact one goes utterance by utterance, which
NumPy cannot. Iterations, and sweeps of H and V, are as many as the caller says; sweeps of U end by the same
rule. KKT residuals are left out.
"""

import time

import numpy as np
from scipy import sparse
from sklearn.svm import LinearSVC

from store import arrays

BLOCK = 32
# Sweeps of U end once one moves less than a tenth of the first (squares); iterations before momentum starts.
ENOUGH = 0.01
MOMENTUM_FROM = 2
f32 = np.float32


class Stages:
    """CPU seconds between marks."""

    def __init__(self):
        self.seconds = {}
        self.last = time.process_time()

    def mark(self, name):
        now = time.process_time()
        self.seconds[name] = self.seconds.get(name, 0) + now - self.last
        self.last = now


def min_max(table):
    low = table.min(axis=0).astype(np.float64)
    span = table.max(axis=0) - low
    scaled = table - low
    scaled /= np.where(span > 0, span, 1)
    scaled[:, span == 0] = 0
    return scaled.astype(f32)


def support_vectors(rows, labels, C):
    return LinearSVC(C=C, loss="squared_hinge", dual=True, intercept_scaling=1, random_state=1).fit(rows, labels)


def neighbourhood(gram, k):
    """The k nearest by either side, heat kernel of the mean distance; sparse W and its row sums."""
    N = len(gram)
    squares = gram.diagonal().copy()
    distances = -2 * gram
    distances += squares[:, None]
    distances += squares[None, :]
    np.maximum(distances, 0, out=distances)
    np.fill_diagonal(distances, 0)
    sigma = np.sqrt(distances).sum(dtype=np.float64) / (N * (N - 1))
    np.fill_diagonal(distances, np.inf)
    nearest = np.argpartition(distances, k, axis=1)[:, :k]
    rows = np.repeat(np.arange(N), k)
    weights = np.exp(-distances[rows, nearest.ravel()] / f32(2 * sigma * sigma))
    W = sparse.csr_matrix((weights, (rows, nearest.ravel())), shape=(N, N))
    W = W.maximum(W.T).astype(f32)
    return W, np.asarray(W.sum(axis=1)).ravel().astype(f32)


class Problem:
    """What all trials share."""

    def __init__(self, X, labels, pseudo, c, W, degree, options):
        self.X, self.W, self.degree, self.c = X, W, degree, c
        self.n, self.N = len(labels), len(X)
        self.alpha, self.beta = f32(options["alpha"]), f32(options["beta"])
        self.lam, self.gamma = f32(options["lambda"]), f32(options["gamma"])
        self.Y = np.zeros((c, self.n), f32)
        self.Y[labels, np.arange(self.n)] = 1
        self.square = float(np.dot(X.ravel(), X.ravel()))
        # Columns a_0 and sqrt(alpha) a_k of M = sum a aT; m bounds the diagonal that majorises M.
        n, N, m = self.n, self.N, self.N - self.n
        a = [np.concatenate([np.full(n, 1 / n), np.full(m, -1 / m)])]
        self.bound = np.full(N, 1 / n + 1 / m)
        for k in range(c):
            own = np.concatenate([labels == k, np.zeros(m, bool)])
            other = np.concatenate([np.zeros(n, bool), pseudo == k])
            if own.any() and other.any():
                a.append(np.sqrt(self.alpha) * (own / own.sum() - other / other.sum()))
                self.bound += self.alpha * (own + other) * (1 / own.sum() + 1 / other.sum())
        self.A = np.stack(a, axis=1).astype(f32)
        self.bound = self.bound.astype(f32)

    def roughness(self, V):
        """v L vT of each row."""
        return np.einsum("kj,kj->k", V, V * self.degree - (self.W @ V.T).T)

    def discrepancy(self, V):
        means = V @ self.A
        return np.einsum("ka,ka->k", means, means)


def sweep(V, constant, gram, inverse, labels=None):
    """v_k <- max(0, v_k - g * inverse_k) for the rows k of V; g = gram V + constant (+ the label term's).

    Returns the sum of squares of all moves.
    """
    r = len(V)
    delta = np.empty((BLOCK, V.shape[1]), f32)
    change = 0.0
    for first in range(0, r, BLOCK):
        last = min(first + BLOCK, r)
        G = gram[first:last] @ V
        G += constant[first:last]
        for i in range(last - first):
            k = first + i
            g = G[i]
            if i > 0:
                g += gram[k, first:k] @ delta[:i]
            if labels is not None:
                H, residual, beta, n = labels
                g[:n] += beta * (H[:, k] @ residual)
            step = delta[i]
            np.multiply(g, inverse[k], out=step)
            np.subtract(V[k], step, out=step)
            np.maximum(step, 0, out=step)
            step -= V[k]
            V[k] += step
            if labels is not None:
                residual += np.outer(H[:, k], step[:n])
        moved = delta[: last - first].ravel()
        change += float(np.dot(moved, moved))
    return change


def inverses(curvature):
    """1 / q; 0, so that nothing moves, where there is none."""
    return np.where(curvature > 1e-20, 1 / np.maximum(curvature, f32(1e-20)), 0).astype(f32)


class Trial:
    def __init__(self, problem, U, V, H):
        self.p, self.U, self.V, self.H = problem, U, V, H
        self.normalize()
        self.VV = V @ V.T
        self.before = V.copy()
        self.sweeps = 0

    def normalize(self):
        norms = np.sqrt(np.einsum("kj,kj->k", self.U, self.U))
        norms[norms == 0] = 1
        self.U /= norms[:, None]
        self.V *= norms[:, None]
        self.H /= norms

    def go_on(self, part):
        """Moves the codes on by their last move."""
        before = self.before
        self.before = self.V.copy()
        if part == 0:
            return
        np.subtract(self.V, before, out=before)
        before *= f32(part)
        self.V += before
        np.maximum(self.V, 0, out=self.V)
        self.VV = self.V @ self.V.T

    def dictionary(self, XV, limit):
        p = self.p
        rho = p.lam * p.roughness(self.V) + p.gamma * p.discrepancy(self.V)
        B = self.VV + np.diag(rho).astype(f32)
        inverse = inverses(B.diagonal())
        constant = -XV
        first = sweep(self.U, constant, B, inverse)
        self.sweeps += 1
        for _ in range(limit - 1):
            self.sweeps += 1
            if sweep(self.U, constant, B, inverse) < ENOUGH * first:
                break
        self.normalize()

    def labels(self, count):
        p, H = self.p, self.H
        Vs = self.V[:, : p.n]
        G, b = Vs @ Vs.T, p.Y @ Vs.T
        inverse = inverses(G.diagonal())
        for _ in range(count):
            for k in range(len(G)):
                H[:, k] = np.maximum(0, H[:, k] + (b[:, k] - H @ G[:, k]) * inverse[k])

    def codes(self, XU, count):
        p, V, H = self.p, self.V, self.H
        self.UU = self.U @ self.U.T
        q = (self.UU.diagonal() + p.beta * np.einsum("ik,ik->k", H, H))[:, None] + (
            2 * p.lam * p.degree + p.gamma * p.bound
        )
        q[:, p.n :] -= p.beta * np.einsum("ik,ik->k", H, H)[:, None]
        inverse = inverses(q)
        residual = H @ V[:, : p.n] - p.Y
        for _ in range(count):
            constant = p.lam * (V * p.degree - (p.W @ V.T).T)
            constant += p.gamma * ((V @ p.A) @ p.A.T)
            constant -= XU
            sweep(V, constant, self.UU, inverse, (H, residual, p.beta, p.n))
        self.VV = V @ V.T

    def objective(self, XU):
        p = self.p
        fit = p.square - 2 * float(np.dot(XU.ravel(), self.V.ravel())) + float((self.UU * self.VV).sum())
        label = float(np.square(self.H @ self.V[:, : p.n] - p.Y).sum())
        rho = p.lam * p.roughness(self.V) + p.gamma * p.discrepancy(self.V)
        return fit + float(p.beta) * label + float(rho.sum())


def factorize(problem, r, trials, counts, momentum, seed):
    """counts: an entry an iteration, of it an entry a running trial, of it the sweeps of U, H and V."""
    draw = np.random.default_rng(seed)
    d, N = problem.X.shape[1], problem.N
    U = draw.random((trials * r, d), dtype=f32)
    V = draw.random((trials * r, N), dtype=f32)
    XV, XU = np.empty((trials * r, d), f32), np.empty((trials * r, N), f32)
    part = lambda t: slice(t * r, (t + 1) * r)
    running = [
        Trial(problem, U[part(t)], V[part(t)], draw.random((problem.c, r), dtype=f32)) for t in range(trials)
    ]
    objective = [0.0] * trials
    for number, steps in enumerate(counts, 1):
        rows = slice(0, len(steps) * r)
        for t in range(len(steps)):
            running[t].go_on(momentum if number > MOMENTUM_FROM else 0)
        np.dot(V[rows], problem.X, out=XV[rows])
        for t, (u, h, _) in enumerate(steps):
            running[t].dictionary(XV[part(t)], u)
            running[t].labels(h)
        np.dot(U[rows], problem.X.T, out=XU[rows])
        for t, (_, _, v) in enumerate(steps):
            running[t].codes(XU[part(t)], v)
            objective[t] = running[t].objective(XU[part(t)])
    return running, objective


def evaluate(options, counts, momentum=0.0, seed=1):
    """Reads arrays source, target (raw rows), labels and truth (one column each); returns what came out."""
    stages = Stages()
    labels = arrays["labels"].ravel().astype(int)
    truth = arrays["truth"].ravel().astype(int)
    c, n, r, trials = labels.max() + 1, len(labels), options["r"], options["trials"]
    X = np.concatenate([min_max(arrays["source"]), min_max(arrays["target"])])
    stages.mark("scaling")
    gram = X @ X.T
    stages.mark("gram")
    pseudo = support_vectors(X[:n], labels, options["baseC"]).predict(X[n:])
    stages.mark("base svm")
    W, degree = neighbourhood(gram, options["neighbours"])
    stages.mark("graph")
    problem = Problem(X, labels, pseudo, c, W, degree, options)
    running, objective = factorize(problem, r, trials, counts, momentum, seed)
    stages.mark("factorize")
    decisions = np.zeros((len(truth), c))
    for trial in running:
        rows = np.ascontiguousarray(trial.V.T)
        rows /= np.sqrt(np.square(rows).sum(axis=1)).mean()
        decisions += support_vectors(rows[:n], labels, options["C"]).decision_function(rows[n:])
    stages.mark("codes svm and vote")
    said = decisions.argmax(axis=1)
    recalls = [float((said[truth == k] == k).mean()) for k in range(c)]
    d, N = X.shape[1], len(X)
    flops = 2 * r * r * d * sum(trial.sweeps for trial in running)
    flops += sum(4 * d * N * r + 2 * r * r * (d + N + v * N) for steps in counts for _, _, v in steps)
    return {
        "uar": sum(recalls) / c,
        "objective": objective,
        "stages": stages.seconds,
        "gflops": flops / stages.seconds["factorize"] / 1e9,
    }
