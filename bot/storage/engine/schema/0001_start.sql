-- Facts about the database itself: the key check, what the bot last told Telegram about itself.
CREATE TABLE facts (
    name TEXT PRIMARY KEY,
    value TEXT NOT NULL
);

-- Everybody who writes to the bot, clients and case managers. A chat is a keyed hash to find it
-- by and a ciphertext to answer to. The conversation is the session; the live screen is the
-- message whose buttons count, the last message the newest one known to stand in the chat.
CREATE TABLE persons (
    id {id},
    chat_key TEXT NOT NULL UNIQUE,
    chat_sealed TEXT NOT NULL,
    language TEXT,
    consent_version TEXT,
    consent_at BIGINT,
    session TEXT NOT NULL,
    live_message BIGINT,
    last_message BIGINT NOT NULL DEFAULT 0,
    reachable BIGINT NOT NULL DEFAULT 1,
    last_case_manager_id TEXT,
    version BIGINT NOT NULL DEFAULT 0,
    created_at BIGINT NOT NULL,
    seen_at BIGINT NOT NULL
);

-- Updates that were taken from Telegram and not yet handled, in order of arrival per chat.
CREATE TABLE inbox (
    update_id BIGINT PRIMARY KEY,
    chat_key TEXT NOT NULL,
    payload_sealed TEXT NOT NULL,
    received_at BIGINT NOT NULL,
    attempts BIGINT NOT NULL DEFAULT 0,
    set_aside BIGINT NOT NULL DEFAULT 0
);
CREATE INDEX inbox_by_chat ON inbox (chat_key, update_id) WHERE set_aside = 0;

-- Updates that were handled, kept as long as Telegram might hand one out again.
CREATE TABLE handled (
    update_id BIGINT PRIMARY KEY,
    handled_at BIGINT NOT NULL
);
CREATE INDEX handled_by_time ON handled (handled_at);

-- One row per case manager of the city file: what is locked before a case manager's time changes.
CREATE TABLE case_managers (
    id TEXT PRIMARY KEY,
    version BIGINT NOT NULL DEFAULT 0
);

-- Which Telegram account speaks for which case manager.
CREATE TABLE staff_chats (
    case_manager_id TEXT PRIMARY KEY REFERENCES case_managers (id),
    person_id BIGINT NOT NULL UNIQUE REFERENCES persons (id),
    tied_at BIGINT NOT NULL
);

CREATE TABLE invites (
    token_hash TEXT PRIMARY KEY,
    case_manager_id TEXT NOT NULL REFERENCES case_managers (id),
    expires_at BIGINT NOT NULL
);

CREATE TABLE appointments (
    id {id},
    code TEXT NOT NULL UNIQUE,
    person_id BIGINT NOT NULL REFERENCES persons (id),
    case_manager_id TEXT NOT NULL REFERENCES case_managers (id),
    office_id TEXT NOT NULL,
    start_at BIGINT NOT NULL,
    end_at BIGINT NOT NULL,
    free_at BIGINT NOT NULL,
    status TEXT NOT NULL,
    hold_until BIGINT,
    moves_id BIGINT REFERENCES appointments (id),
    sequence BIGINT NOT NULL DEFAULT 0,
    language TEXT NOT NULL,
    wishes TEXT NOT NULL,
    answer TEXT NOT NULL,
    booked_at BIGINT,
    cancelled_at BIGINT
);
CREATE INDEX appointments_by_case_manager ON appointments (case_manager_id, start_at)
    WHERE status IN ('held', 'booked');
CREATE INDEX appointments_by_person ON appointments (person_id, start_at);
CREATE UNIQUE INDEX one_hold_per_client ON appointments (person_id) WHERE status = 'held';
CREATE INDEX appointments_by_moved ON appointments (moves_id) WHERE moves_id IS NOT NULL;

-- The promise: five-minute cells, each taken at most once by a case manager and by a client.
CREATE TABLE case_manager_cells (
    case_manager_id TEXT NOT NULL,
    cell BIGINT NOT NULL,
    appointment_id BIGINT NOT NULL REFERENCES appointments (id),
    PRIMARY KEY (case_manager_id, cell)
);
CREATE INDEX case_manager_cells_by_appointment ON case_manager_cells (appointment_id);

CREATE TABLE client_cells (
    person_id BIGINT NOT NULL,
    cell BIGINT NOT NULL,
    appointment_id BIGINT NOT NULL REFERENCES appointments (id),
    PRIMARY KEY (person_id, cell)
);
CREATE INDEX client_cells_by_appointment ON client_cells (appointment_id);

-- Messages to be sent: one row is one call. States: planned (its time has not come), homeless
-- (the case manager has no chat yet), waiting, sending; then sent, expired, failed.
CREATE TABLE outbox (
    id {id},
    person_id BIGINT REFERENCES persons (id),
    case_manager_id TEXT,
    kind TEXT NOT NULL,
    content TEXT NOT NULL,
    appointment_id BIGINT,
    due_at BIGINT NOT NULL,
    not_after BIGINT,
    priority BIGINT NOT NULL,
    state TEXT NOT NULL,
    attempts BIGINT NOT NULL DEFAULT 0,
    dedupe_key TEXT NOT NULL UNIQUE,
    settled_at BIGINT
);
CREATE INDEX outbox_planned ON outbox (due_at) WHERE state = 'planned';
CREATE INDEX outbox_waiting ON outbox (priority, id) WHERE state = 'waiting';
CREATE INDEX outbox_open_by_person ON outbox (person_id, id)
    WHERE state IN ('waiting', 'sending');
CREATE INDEX outbox_homeless ON outbox (case_manager_id) WHERE state = 'homeless';
CREATE INDEX outbox_by_appointment ON outbox (appointment_id)
    WHERE appointment_id IS NOT NULL;
CREATE INDEX outbox_settled ON outbox (settled_at) WHERE settled_at IS NOT NULL;
