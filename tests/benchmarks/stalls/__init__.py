"""Whether anything stalls a bot that has millions of rows: every job of it, one by one."""
