-- Talks that are gone, counted by one thing at a time: of what was counted by two, the sums stay.
CREATE TABLE talk_counts (
    month TEXT NOT NULL,
    breakdown TEXT NOT NULL,
    value TEXT NOT NULL,
    outcome TEXT NOT NULL,
    number BIGINT NOT NULL,
    PRIMARY KEY (month, breakdown, value, outcome)
);
INSERT INTO talk_counts SELECT month, 'office', office_id, outcome, SUM(number) FROM counts
    GROUP BY month, office_id, outcome;
INSERT INTO talk_counts SELECT month, 'language', language, outcome, SUM(number) FROM counts
    GROUP BY month, language, outcome;
INSERT INTO talk_counts SELECT month, b.breakdown, 'unknown', outcome, SUM(number)
    FROM counts, (SELECT 'topic' AS breakdown UNION ALL SELECT 'kind' UNION ALL SELECT 'access'
    UNION ALL SELECT 'moved' UNION ALL SELECT 'reminded') b GROUP BY month, b.breakdown, outcome;
DROP TABLE counts;
