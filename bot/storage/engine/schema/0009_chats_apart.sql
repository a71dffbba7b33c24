-- A message to a case manager without a chat is unaddressed until one is tied.
UPDATE outbox SET state = 'unaddressed' WHERE state = 'homeless';
DROP INDEX outbox_homeless;
CREATE INDEX outbox_unaddressed ON outbox (case_manager_id) WHERE state = 'unaddressed';

-- Screens and choices under the names they have now.
UPDATE persons SET session = REPLACE(session, '"desk_menu"', '"staff_menu"');
UPDATE persons SET session = REPLACE(session, '"guest_language"', '"walk_in_language"');
UPDATE persons SET session = REPLACE(session, '"guest":', '"walk_in":');

-- How a person is reached and where the conversation stands, apart from who they are. The channel
-- names the messenger; midway says that the session holds choices, which are forgotten before the
-- chat is. Of the sessions there are, nobody has said that yet: all are looked at once.
CREATE TABLE chats (
    person_id BIGINT PRIMARY KEY REFERENCES persons (id),
    channel TEXT NOT NULL,
    chat_key TEXT NOT NULL UNIQUE,
    chat_sealed TEXT NOT NULL,
    session TEXT NOT NULL,
    midway BIGINT NOT NULL DEFAULT 0,
    live_message BIGINT,
    last_message BIGINT NOT NULL DEFAULT 0,
    live_traceless BIGINT NOT NULL DEFAULT 0,
    reachable BIGINT NOT NULL DEFAULT 1,
    minute_at BIGINT NOT NULL DEFAULT 0,
    actions BIGINT NOT NULL DEFAULT 0,
    seen_at BIGINT NOT NULL
);

-- Somebody who was booked for in person had a chat that was nobody's: no message ever stood in it.
INSERT INTO chats (person_id, channel, chat_key, chat_sealed, session, midway, live_message,
    last_message, live_traceless, reachable, minute_at, actions, seen_at)
    SELECT id, 'telegram', chat_key, chat_sealed, session, 1, live_message,
    last_message, live_traceless, reachable, minute_at, actions, seen_at
    FROM persons WHERE reachable = 1 OR last_message > 0
    OR NOT EXISTS (SELECT 1 FROM appointments a WHERE a.person_id = persons.id);

{postgresql} ALTER TABLE persons
    DROP COLUMN chat_key, DROP COLUMN chat_sealed, DROP COLUMN session, DROP COLUMN live_message,
    DROP COLUMN last_message, DROP COLUMN live_traceless, DROP COLUMN reachable,
    DROP COLUMN minute_at, DROP COLUMN actions, DROP COLUMN seen_at;

-- SQLite cannot drop a unique column: the table is made anew. While it is away, what refers to it
-- refers to nothing, until the end of the transaction; what would go with its rows is put aside,
-- and so is how far its ids have come, none of which is given twice.
-- Looked up once for each person that goes and comes again.
{sqlite} CREATE INDEX outbox_by_person ON outbox (person_id);
{sqlite} PRAGMA defer_foreign_keys = ON;
{sqlite} CREATE TABLE persons_before AS SELECT * FROM persons;
{sqlite} CREATE TABLE sent_messages_before AS SELECT * FROM sent_messages;
{sqlite} CREATE TABLE persons_sequence AS SELECT seq FROM sqlite_sequence WHERE name = 'persons';
{sqlite} DROP TABLE persons;
{sqlite} CREATE TABLE persons (
    id {id},
    language TEXT,
    consent_version TEXT,
    consent_at BIGINT,
    last_case_manager_id TEXT,
    version BIGINT NOT NULL DEFAULT 0,
    created_at BIGINT NOT NULL,
    reminder_details BIGINT NOT NULL DEFAULT 0,
    left_at BIGINT
);
{sqlite} CREATE INDEX persons_who_left ON persons (left_at) WHERE left_at IS NOT NULL;
{sqlite} INSERT INTO persons (id, language, consent_version, consent_at, last_case_manager_id,
    version, created_at, reminder_details, left_at)
    SELECT id, language, consent_version, consent_at, last_case_manager_id,
    version, created_at, reminder_details, left_at FROM persons_before;
{sqlite} INSERT INTO sent_messages (person_id, message_id, sent_at)
    SELECT person_id, message_id, sent_at FROM sent_messages_before;
{sqlite} DELETE FROM sqlite_sequence WHERE name = 'persons';
{sqlite} INSERT INTO sqlite_sequence (name, seq) SELECT 'persons', seq FROM persons_sequence;
{sqlite} DROP INDEX outbox_by_person;
{sqlite} DROP TABLE persons_before;
{sqlite} DROP TABLE sent_messages_before;
{sqlite} DROP TABLE persons_sequence;

-- Each channel numbers its own updates.
CREATE TABLE inbox_before AS SELECT * FROM inbox;
DROP TABLE inbox;
CREATE TABLE inbox (
    channel TEXT NOT NULL,
    update_id BIGINT NOT NULL,
    chat_key TEXT NOT NULL,
    payload_sealed TEXT NOT NULL,
    received_at BIGINT NOT NULL,
    attempts BIGINT NOT NULL DEFAULT 0,
    set_aside BIGINT NOT NULL DEFAULT 0,
    PRIMARY KEY (channel, update_id)
);
CREATE INDEX inbox_by_chat ON inbox (chat_key, update_id) WHERE set_aside = 0;
INSERT INTO inbox (channel, update_id, chat_key, payload_sealed, received_at, attempts, set_aside)
    SELECT 'telegram', update_id, chat_key, payload_sealed, received_at, attempts, set_aside
    FROM inbox_before;
DROP TABLE inbox_before;

CREATE TABLE handled_before AS SELECT * FROM handled;
DROP TABLE handled;
CREATE TABLE handled (
    channel TEXT NOT NULL,
    update_id BIGINT NOT NULL,
    handled_at BIGINT NOT NULL,
    PRIMARY KEY (channel, update_id)
);
CREATE INDEX handled_by_time ON handled (handled_at);
INSERT INTO handled (channel, update_id, handled_at)
    SELECT 'telegram', update_id, handled_at FROM handled_before;
DROP TABLE handled_before;
