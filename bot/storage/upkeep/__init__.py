"""What concerns every table: retention, erasure, copies, new keys."""
