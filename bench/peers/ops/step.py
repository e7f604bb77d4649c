"""One multiplicative iteration of the whole SATNMF objective (docs/method.md), f32 and in place."""

import numpy as np
from scipy import sparse

from store import arrays

TINY = np.float32(1e-20)
state = {}


def prepare(n, c, weights):
    """Arrays X (N x d), C (N x r), U (d x r), H (c x r), W (N x N) and group (N x 1) are there."""
    X, C, U = arrays["X"], arrays["C"], arrays["U"]
    N, r = C.shape
    group = arrays["group"].ravel().astype(int)
    member = np.zeros((N, 2 * c + 2), np.float32)
    member[np.arange(N), group] = 1
    sizes = member.sum(axis=0)
    own, other = np.float32(weights["pos"]), np.float32(weights["neg"])
    gam = np.full((n, c), other)
    gam[np.arange(n), group[:n]] = own
    label = np.zeros((n, c), np.float32)
    label[np.arange(n), group[:n]] = own
    state.update(weights)
    state.update(
        n=n,
        c=c,
        group=group,
        member=np.ascontiguousarray(member.T),
        sizes=sizes[:, None],
        gam=gam,
        label=label,
        W=sparse.csr_matrix(arrays["W"]),
        XC=np.empty_like(U),
        XU=np.empty_like(C),
        UB=np.empty_like(U),
        den=np.empty_like(C),
        work=np.empty_like(C),
        square=np.empty((r, r), np.float32),
    )
    state["degree"] = np.asarray(state["W"].sum(axis=1), dtype=np.float32) * np.float32(weights["lambda"])
    state["W"] = state["W"] * np.float32(weights["lambda"])


def exchange(C):
    """What the rows of each group receive of gamma V M- and gamma V M+."""
    s, c, T = state, state["c"], state["c"] + 1
    sums = s["member"] @ C
    n, m = s["n"], len(C) - s["n"]
    source, target = sums[:T].sum(axis=0) / n, sums[T:].sum(axis=0) / m
    means = sums / np.maximum(s["sizes"], 1)
    shared = ((s["sizes"][:T] > 0) & (s["sizes"][T:] > 0)) & (np.arange(T) < c)[:, None]
    a = s["alpha"] * shared
    share_s, share_t = a / np.maximum(s["sizes"][:T], 1), a / np.maximum(s["sizes"][T:], 1)
    push = np.concatenate([source / n + share_s * means[:T], target / m + share_t * means[T:]])
    pull = np.concatenate([target / n + share_s * means[T:], source / m + share_t * means[:T]])
    g = np.float32(s["gamma"])
    return (pull * g).astype(np.float32), (push * g).astype(np.float32)


def iterate():
    s = state
    X, C, U, H = arrays["X"], arrays["C"], arrays["U"], arrays["H"]
    n, beta = s["n"], np.float32(s["beta"])
    # U
    np.dot(X.T, C, out=s["XC"])
    np.dot(C.T, C, out=s["square"])
    np.dot(U, s["square"], out=s["UB"])
    np.maximum(s["UB"], TINY, out=s["UB"])
    U *= s["XC"]
    U /= s["UB"]
    # H
    source = C[:n]
    scores = source @ H.T
    scores *= s["gam"]
    H *= s["label"].T @ source
    H /= np.maximum(scores.T @ source, TINY)
    # V
    np.dot(X, U, out=s["XU"])
    np.dot(U.T, U, out=s["square"])
    num, den, work = s["XU"], s["den"], s["work"]
    np.dot(C, s["square"], out=den)
    scores = source @ H.T
    scores *= s["gam"]
    scores *= beta
    den[:n] += scores @ H
    num[:n] += (beta * s["label"]) @ H
    num += s["W"] @ C
    np.multiply(C, s["degree"], out=work)
    den += work
    pull, push = exchange(C)
    np.take(pull, s["group"], axis=0, out=work)
    num += work
    np.take(push, s["group"], axis=0, out=work)
    den += work
    np.maximum(den, TINY, out=den)
    C *= num
    C /= den
