-- Which Telegram accounts speak for the front desk of an office, or for whoever runs the program.
-- There may be several of each; a case manager has one, in staff_chats.
CREATE TABLE role_chats (
    person_id BIGINT PRIMARY KEY REFERENCES persons (id),
    role TEXT NOT NULL,
    office_id TEXT,
    tied_at BIGINT NOT NULL
);

CREATE TABLE role_invites (
    token_hash TEXT PRIMARY KEY,
    role TEXT NOT NULL,
    office_id TEXT,
    expires_at BIGINT NOT NULL
);
