"""Every screen and message the bot can show, reached without anybody on the other side."""
