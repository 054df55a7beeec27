-- "Why did mails not go" asks for the few that did not; without these it reads all that were planned and decided.
create index message_skipped on message (shop_id, planned_at) where state = 'skipped';
create index permission_answer_later on permission_answer (shop_id, at) where answer = 'later';
create index decision_skipped on decision (shop_id, at) where outcome = 'skipped';
