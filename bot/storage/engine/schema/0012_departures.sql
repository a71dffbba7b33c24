-- From when on a case manager or an office of the city file is no longer there for anybody.
CREATE TABLE departures (
    id TEXT PRIMARY KEY,
    role TEXT NOT NULL,
    leaves_at BIGINT NOT NULL
);
