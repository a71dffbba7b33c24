-- How many actions a chat has made in the minute that began at `minute_at`.
ALTER TABLE persons ADD COLUMN minute_at BIGINT NOT NULL DEFAULT 0;
ALTER TABLE persons ADD COLUMN actions BIGINT NOT NULL DEFAULT 0;

-- Whether the client cancelled: what an office cancels counts against nobody.
ALTER TABLE appointments ADD COLUMN cancelled_by_client BIGINT NOT NULL DEFAULT 0;

-- Chats that may not book for a while, by their hash: it outlives the person's row, so that
-- deleting oneself does not lift it. The code is the one an operator blocked and can unblock.
CREATE TABLE blocked (
    chat_key TEXT PRIMARY KEY,
    code TEXT NOT NULL,
    blocked_at BIGINT NOT NULL
);
