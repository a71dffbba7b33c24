-- A message to a case manager without a chat is unaddressed until one is tied.
UPDATE outbox SET state = 'unaddressed' WHERE state = 'homeless';
DROP INDEX outbox_homeless;
CREATE INDEX outbox_unaddressed ON outbox (case_manager_id) WHERE state = 'unaddressed';

-- Screens and choices under the names they have now.
UPDATE persons SET session = REPLACE(session, '"desk_menu"', '"staff_menu"');
UPDATE persons SET session = REPLACE(session, '"guest_language"', '"walk_in_language"');
UPDATE persons SET session = REPLACE(session, '"guest":', '"walk_in":');
