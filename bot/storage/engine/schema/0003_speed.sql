-- What is taken of a case manager's time is read from the index alone.
DROP INDEX appointments_by_case_manager;
CREATE INDEX appointments_by_case_manager
    ON appointments (case_manager_id, start_at, free_at, hold_until, person_id, status, id)
    WHERE status IN ('held', 'booked');
