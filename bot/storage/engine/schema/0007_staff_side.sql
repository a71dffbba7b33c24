-- When a case manager cannot be booked: a stretch of time, and nothing about why.
CREATE TABLE absences (
    id {id},
    case_manager_id TEXT NOT NULL REFERENCES case_managers (id),
    start_at BIGINT NOT NULL,
    end_at BIGINT NOT NULL
);
CREATE INDEX absences_by_case_manager ON absences (case_manager_id, end_at, start_at);

-- When the case manager's side saw a booking; whether help with the language is arranged (1), is
-- not to be had (0) or still open; when a booking nobody saw was passed on, and when the case
-- manager was asked about the help.
ALTER TABLE appointments ADD COLUMN seen_at BIGINT;
ALTER TABLE appointments ADD COLUMN help_arranged BIGINT;
ALTER TABLE appointments ADD COLUMN passed_on_at BIGINT;
ALTER TABLE appointments ADD COLUMN help_asked_at BIGINT;
CREATE INDEX appointments_unseen ON appointments (booked_at)
    WHERE status = 'booked' AND seen_at IS NULL AND passed_on_at IS NULL;
CREATE INDEX appointments_help_open ON appointments (start_at)
    WHERE status = 'booked' AND help_arranged IS NULL AND help_asked_at IS NULL;

CREATE INDEX appointments_over ON appointments (case_manager_id, start_at)
    WHERE status IN ('came', 'missed');

-- Who of the offices did what to which appointment.
CREATE TABLE audit (
    id {id},
    appointment_id BIGINT REFERENCES appointments (id) ON DELETE CASCADE,
    at BIGINT NOT NULL,
    actor TEXT NOT NULL,
    action TEXT NOT NULL
);
CREATE INDEX audit_by_appointment ON audit (appointment_id);
CREATE INDEX audit_by_time ON audit (at);

-- The day whose morning digest was last thought of.
ALTER TABLE case_managers ADD COLUMN digest_day TEXT;

-- Calendar feeds and claims of a booking made for somebody; only hashes of their tokens.
CREATE TABLE feeds (
    case_manager_id TEXT PRIMARY KEY REFERENCES case_managers (id),
    token_hash TEXT NOT NULL UNIQUE,
    made_at BIGINT NOT NULL
);
CREATE TABLE claims (
    token_hash TEXT PRIMARY KEY,
    appointment_id BIGINT NOT NULL REFERENCES appointments (id) ON DELETE CASCADE,
    expires_at BIGINT NOT NULL
);
CREATE INDEX claims_by_appointment ON claims (appointment_id);

-- How a message goes out: to a chat, or by mail to a mailbox (case_manager:id or office:id).
ALTER TABLE outbox ADD COLUMN channel TEXT NOT NULL DEFAULT 'chat';
ALTER TABLE outbox ADD COLUMN mailbox TEXT;
CREATE INDEX outbox_failed ON outbox (settled_at) WHERE state = 'failed';
CREATE INDEX outbox_open_mails ON outbox (mailbox, id)
    WHERE channel = 'mail' AND state IN ('waiting', 'sending');
