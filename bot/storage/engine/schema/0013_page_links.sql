-- Which links to somebody's own lists are out: one that has no row opens nothing.
CREATE TABLE page_links (
    id {id},
    role TEXT NOT NULL,
    holder TEXT NOT NULL,
    made_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL
);
CREATE INDEX page_links_by_holder ON page_links (holder);

-- Whose links to an appointment were ended, and at which change of its time: later ones are good.
CREATE TABLE ended_links (
    appointment_id BIGINT NOT NULL,
    role TEXT NOT NULL,
    holder TEXT NOT NULL,
    sequence BIGINT NOT NULL,
    PRIMARY KEY (appointment_id, role, holder)
);
