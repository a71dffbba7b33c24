-- The trail names what has happened, by the names of bot/domain/changes.py.
UPDATE audit SET action = 'called_off' WHERE action = 'cannot';
UPDATE audit SET action = 'booked' WHERE action = 'booked_for';
UPDATE audit SET action = 'help_refused' WHERE action = 'help_not_arranged';
UPDATE audit SET action = REPLACE(action, 'absent:', 'closed:') WHERE action LIKE 'absent:%';
UPDATE audit SET action = REPLACE(action, 'present:', 'reopened:') WHERE action LIKE 'present:%';

UPDATE outbox SET kind = 'data_export' WHERE kind = 'holdings';

-- Answers that wait name their words by today's keys.
UPDATE outbox SET content = REPLACE(REPLACE(REPLACE(REPLACE(content,
    '"guest.', '"walk_in.'),
    '"holdings.', '"data_export.'),
    '"staff.guest"', '"staff.walk_in"'),
    '"operator.homeless"', '"operator.unaddressed"')
    WHERE kind IN ('screen', 'message');
