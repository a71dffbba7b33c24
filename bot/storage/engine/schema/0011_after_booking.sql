-- A slip that was used is known until it expires: its owner is led to the appointment again.
ALTER TABLE claims ADD COLUMN claimed BIGINT NOT NULL DEFAULT 0;

-- Which of our messages in a chat speak of an appointment as it is: they are marked when it changes.
ALTER TABLE sent_messages ADD COLUMN appointment_id BIGINT;
CREATE INDEX sent_messages_by_appointment ON sent_messages (appointment_id)
    WHERE appointment_id IS NOT NULL;

-- Which open matters of an appointment somebody has seen to; those called off are looked up by whose.
ALTER TABLE appointments ADD COLUMN settled TEXT NOT NULL DEFAULT '';
CREATE INDEX appointments_cancelled ON appointments (case_manager_id, start_at)
    WHERE status = 'cancelled';

-- By which form the staff made an appointment: the same form, sent again, makes no other.
ALTER TABLE appointments ADD COLUMN form TEXT;
CREATE UNIQUE INDEX appointments_by_form ON appointments (form) WHERE form IS NOT NULL;
