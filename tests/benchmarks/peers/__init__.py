"""What the bot is measured against: bare handlers without a database, and no framework at all."""
