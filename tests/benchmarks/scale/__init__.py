"""Whether what is done often takes as long in a large city as in a small one, on both engines."""
