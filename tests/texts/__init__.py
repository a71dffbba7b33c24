"""What `make check` says of the texts beside `python -m bot check`: slips, spelling, hardness."""
