"""What somebody typed: days, times and what is wanted, read by tables of each language."""
