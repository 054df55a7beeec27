-- What a night's comparison with Shopify has found, and what became of it.
alter table reward add column reissued smallint not null default 0;

create table reward_difference (
  shop_id bigint not null,
  id uuid not null,
  key text not null,
  kind text not null,
  reward_id uuid not null,
  customer_id uuid,
  detail jsonb not null,
  state text not null,
  found_at timestamptz(3) not null,
  seen_at timestamptz(3) not null,
  settled_at timestamptz(3),
  settled_by text,
  constraint reward_difference_pkey primary key (shop_id, id)
);
create unique index reward_difference_shop_id_key_key on reward_difference (shop_id, key);
create index reward_difference_open on reward_difference (shop_id, found_at) where state in ('open', 'withdrawing');
select protect_tenant_table('reward_difference');
