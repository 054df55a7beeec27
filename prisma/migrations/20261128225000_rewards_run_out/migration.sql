-- What was given is looked at when it runs out. Points and what is paid out are not at Shopify.
update reward set due_at = expires_at
where state = 'issued' and due_at is null and expires_at is not null and kind not in ('points', 'donation', 'commission');
-- Every order with a code asks whether it is one of them.
create index reward_code on reward (shop_id, code) where code is not null;
