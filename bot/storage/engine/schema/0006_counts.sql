-- What is left of appointments that are gone: how many, and nothing that leads back to one.
CREATE TABLE counts (
    month TEXT NOT NULL,
    office_id TEXT NOT NULL,
    language TEXT NOT NULL,
    outcome TEXT NOT NULL,
    number BIGINT NOT NULL,
    PRIMARY KEY (month, office_id, language, outcome)
);
