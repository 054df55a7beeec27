-- Store credit has no name at Shopify: what is about to be done is written down first.
alter table reward add column intent jsonb, add column intent_for uuid, add column intent_at timestamptz(3);
-- One of a customer's at a time, so that a line that has come can only be its.
create unique index reward_intent on reward (shop_id, intent_for) where intent is not null;
-- One line is one reward's.
create unique index reward_credit_once on reward (shop_id, discount_id) where kind = 'store-credit' and discount_id is not null;
