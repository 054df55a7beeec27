-- The batch in which a commission or a donation is paid.
alter table reward add column payout uuid;
create index reward_payout on reward (shop_id, payout) where payout is not null;
