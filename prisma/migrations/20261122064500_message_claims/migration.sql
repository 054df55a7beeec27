-- What a hand-over leaves on its message, so that a crash between call and record can be told apart.
alter table message
  add column claim uuid,
  add column tried_at timestamptz(3),
  add column handed_at timestamptz(3);
drop index message_shop_id_customer_id_sent_at_idx;
create index message_shop_id_customer_id_handed_at_idx on message (shop_id, customer_id, handed_at);
create index message_shop_id_order_id_idx on message (shop_id, order_id);

alter table template add column preheader text not null default '';
