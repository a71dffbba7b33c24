-- In which courier's time a message was taken to be sent: one of an earlier time is abandoned.
ALTER TABLE outbox ADD COLUMN term BIGINT NOT NULL DEFAULT 0;
