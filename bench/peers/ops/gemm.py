"""Products of stored arrays."""

import numpy

from store import arrays


def prepare(M, K, N, seed=1):
    """A (M x K), B (K x N) and room for A B, f32."""
    draw = numpy.random.default_rng(seed)
    arrays["A"] = draw.random((M, K), dtype=numpy.float32)
    arrays["B"] = draw.random((K, N), dtype=numpy.float32)
    arrays["C"] = numpy.empty((M, N), dtype=numpy.float32)


def multiply(a="A", b="B", out="C"):
    """arrays[out] = arrays[a] @ arrays[b], in place."""
    numpy.dot(arrays[a], arrays[b], out=arrays[out])
