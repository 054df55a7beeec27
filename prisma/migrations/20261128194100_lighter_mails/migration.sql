-- The HTML of mails comes packed (app/messages/packed.server.ts): compressing it once more would be in vain.
alter table message alter column html set storage external;

-- By enrollment and by order only what still waits is looked up: to take it back, to hold it, to let it go. A message
-- is written three times on its way, and each time every index got an entry.
drop index message_shop_id_enrollment_id_idx;
drop index message_shop_id_order_id_idx;
create index message_of_enrollment on message (shop_id, enrollment_id) where due_at is not null;
create index message_of_order on message (shop_id, order_id) where due_at is not null;
