-- What counts towards the limits of a chat, by its hash: it outlives the person's row, so that
-- deleting oneself resets nothing. How often something was done at a moment; of who has deleted
-- everything also how many actions the minute had that began then.
CREATE TABLE tallies (
    chat_key TEXT NOT NULL,
    what TEXT NOT NULL,
    at BIGINT NOT NULL,
    number BIGINT NOT NULL,
    PRIMARY KEY (chat_key, what, at)
);
CREATE INDEX tallies_by_time ON tallies (what, at);

-- What counted so far was read from the appointments themselves.
INSERT INTO tallies (chat_key, what, at, number)
    SELECT c.chat_key, 'cancelled', a.cancelled_at, COUNT(*)
    FROM appointments a JOIN chats c ON c.person_id = a.person_id
    WHERE a.status = 'cancelled' AND a.cancelled_by_client = 1 AND a.cancelled_at IS NOT NULL
    GROUP BY c.chat_key, a.cancelled_at;
