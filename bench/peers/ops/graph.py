"""The neighbours of every row of X by scikit-learn's brute force."""

from sklearn.neighbors import NearestNeighbors

from store import arrays


def neighbours(k):
    """The k nearest other rows of every row, in order of distance; arrays["near"]."""
    search = NearestNeighbors(n_neighbors=k, algorithm="brute").fit(arrays["X"])
    arrays["near"] = search.kneighbors(return_distance=False)
