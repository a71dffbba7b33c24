-- Whether reminders name person and office; whether the live screen must not stay in the chat once
-- it is left (emergency numbers); since when somebody who deleted everything waits for the last
-- message, after which the row is gone.
ALTER TABLE persons ADD COLUMN reminder_details BIGINT NOT NULL DEFAULT 0;
ALTER TABLE persons ADD COLUMN live_traceless BIGINT NOT NULL DEFAULT 0;
ALTER TABLE persons ADD COLUMN left_at BIGINT;
CREATE INDEX persons_who_left ON persons (left_at) WHERE left_at IS NOT NULL;

-- The numbers of our own messages in a chat, so that the chat can be cleared.
CREATE TABLE sent_messages (
    person_id BIGINT NOT NULL REFERENCES persons (id) ON DELETE CASCADE,
    message_id BIGINT NOT NULL,
    sent_at BIGINT NOT NULL,
    PRIMARY KEY (person_id, message_id)
);
CREATE INDEX sent_messages_by_time ON sent_messages (sent_at);
