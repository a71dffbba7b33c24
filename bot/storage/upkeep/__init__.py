"""What concerns several tables: retention, erasure, who speaks for the staff, copies, new keys.

It writes through the modules of records and queues, but where it touches whatever there is.
"""
