-- Which calendar entry a mail gives or takes, and the address it went to, sealed: whoever got an
-- entry is told when it changes, whatever the settings are by then. Of what was written before
-- nobody kept it: the settings tell ("as_set").
ALTER TABLE outbox ADD COLUMN entry TEXT;
ALTER TABLE outbox ADD COLUMN address_sealed TEXT;
UPDATE outbox SET entry = 'as_set' WHERE channel = 'mail' AND mailbox LIKE 'case_manager:%'
    AND (dedupe_key LIKE 'appt_%_booked_mail_%' OR dedupe_key LIKE 'appt_%_moved_mail_%'
    OR dedupe_key LIKE 'appt_%_changed_mail_%' OR dedupe_key LIKE 'appt_%_wishes%_mail_%');
UPDATE outbox SET entry = 'as_set' WHERE channel = 'mail' AND mailbox LIKE 'case_manager:%'
    AND (dedupe_key LIKE 'appt_%_cancelled%_mail_%' OR dedupe_key LIKE 'appt_%_called_off_mail_%')
    AND state IN ('waiting', 'sending');

-- Whether a talk of somebody was kept that is deleted by now; nobody knows of whom was here before.
ALTER TABLE persons ADD COLUMN had_talk BIGINT DEFAULT 0;
UPDATE persons SET had_talk = NULL WHERE last_case_manager_id IS NOT NULL;
