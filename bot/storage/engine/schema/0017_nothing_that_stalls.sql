-- What forgets a person, and the reference to persons itself, asks for all their messages.
CREATE INDEX outbox_by_person ON outbox (person_id) WHERE person_id IS NOT NULL;
-- A message comes into this once and leaves it once, whatever happens to it in between.
CREATE INDEX outbox_unsettled_by_person ON outbox (person_id)
    WHERE state IN ('planned', 'waiting', 'sending');
DROP INDEX outbox_open_by_person;
CREATE INDEX outbox_open ON outbox (state) WHERE state IN ('waiting', 'sending');

-- What was told about an appointment goes with it; of what is settled only the rest has a term.
UPDATE outbox SET appointment_id = NULL WHERE appointment_id IS NOT NULL
    AND NOT EXISTS (SELECT 1 FROM appointments a WHERE a.id = outbox.appointment_id);
DROP INDEX outbox_settled;
CREATE INDEX outbox_settled ON outbox (settled_at)
    WHERE settled_at IS NOT NULL AND appointment_id IS NULL;
-- Looked for each second, also in a city where nobody has a chat.
CREATE INDEX outbox_unaddressed_until ON outbox (not_after) WHERE state = 'unaddressed';

-- By when an appointment has passed its term, and by when one that was cancelled.
CREATE INDEX appointments_by_end ON appointments (end_at) WHERE status <> 'held';
CREATE INDEX appointments_cancelled_since ON appointments ((CASE
    WHEN cancelled_by_client <> 0 OR cancelled_at > end_at THEN cancelled_at ELSE end_at END))
    WHERE status = 'cancelled';

-- Whether all to come is with whom, and where, the city file says is read from the index alone.
DROP INDEX appointments_by_case_manager;
CREATE INDEX appointments_by_case_manager ON appointments
    (case_manager_id, start_at, free_at, hold_until, person_id, status, id, office_id)
    WHERE status IN ('held', 'booked');

-- Each minute office by office, of the talks to come.
DROP INDEX appointments_unseen;
CREATE INDEX appointments_unseen ON appointments (office_id, start_at, booked_at)
    WHERE status = 'booked' AND seen_at IS NULL AND passed_on_at IS NULL;
-- Only where help is wanted.
DROP INDEX appointments_help_open;
CREATE INDEX appointments_help_open ON appointments (start_at)
    WHERE status = 'booked' AND help_arranged IS NULL AND help_asked_at IS NULL
    AND wishes LIKE '%"language_help": true%';

-- What belongs to an appointment goes with it here as well.
DROP INDEX audit_by_time;
CREATE INDEX audit_of_no_appointment ON audit (at) WHERE appointment_id IS NULL;
DELETE FROM ended_links
    WHERE NOT EXISTS (SELECT 1 FROM appointments a WHERE a.id = ended_links.appointment_id);

-- What was set aside is hardly ever there.
CREATE INDEX inbox_set_aside ON inbox (received_at) WHERE set_aside = 1;
CREATE INDEX inbox_set_aside_by_chat ON inbox (chat_key) WHERE set_aside = 1;

CREATE INDEX claims_by_expiry ON claims (expires_at);
CREATE INDEX page_links_by_expiry ON page_links (expires_at);
