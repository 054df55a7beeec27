-- What became of a friend's order, step by step: by a rule, by whom of the staff and why, what the advocate said.
create table referral_step (
  shop_id bigint not null,
  referral_id uuid not null,
  id uuid not null,
  at timestamptz(3) not null,
  step text not null,
  by text not null,
  reasons jsonb not null default '[]',
  note text,
  constraint referral_step_pkey primary key (shop_id, referral_id, id),
  constraint referral_step_referral_fkey foreign key (shop_id, referral_id) references referral (shop_id, id) on delete cascade
);
select protect_tenant_table('referral_step');

-- What refunds and edits have left of the order, of its goods before discounts; null while all of it is there.
alter table referral add column order_left bigint, add column order_of bigint;

-- How often a person has let it pass after it was refused or ended: what it earns then is another reward.
alter table referral add column round smallint not null default 0;
