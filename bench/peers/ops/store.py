"""Arrays that the operations share, and what this Python is made of."""

import platform

import numpy

arrays = {}


def read(name, file):
    arrays[name] = numpy.load(file)


def write(name, file):
    numpy.save(file, numpy.ascontiguousarray(arrays[name], dtype=numpy.float32))


def about():
    numpy.dot(numpy.ones((2, 2)), numpy.ones((2, 2)))
    said = {
        "python": platform.python_version(),
        "numpy": numpy.__version__,
        "sklearn": None,
        "openblas": None,
        "kernel": None,
        "threads": None,
    }
    try:
        import sklearn

        said["sklearn"] = sklearn.__version__
    except ImportError:
        pass
    try:
        from threadpoolctl import threadpool_info

        for pool in threadpool_info():
            if pool["internal_api"] == "openblas":
                said.update(openblas=pool["version"], kernel=pool["architecture"], threads=pool["num_threads"])
    except ImportError:
        pass
    return said
