-- A kind that nobody has written of for long was looked for through all that is open. And only what is open is anybody's
-- work: what is solved need not stand in the list of those who do it.
create index conversation_open_kind on conversation (shop_id, clock, heard_at desc, id desc) where state = 'open';
create index conversation_waiting_kind on conversation (shop_id, clock, reply_due_at, id)
  where state = 'open' and awaiting_since is not null;
create index conversation_work on conversation (shop_id, assignee, heard_at desc, id desc) where state = 'open';
drop index conversation_shop_id_assignee_state_heard_at_id_idx;
