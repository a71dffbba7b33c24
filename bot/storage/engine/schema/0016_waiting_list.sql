-- Who waits for a free time where nothing was free: one row a client, kept a while once they are told
-- of one, so that the next is not told of the same at once. `target` names whom or which office.
CREATE TABLE waiting_list (
    person_id BIGINT PRIMARY KEY REFERENCES persons (id),
    target TEXT NOT NULL,
    asked_at BIGINT NOT NULL,
    ends_at BIGINT NOT NULL,
    told_case_manager_id TEXT,
    told_start_at BIGINT
);
