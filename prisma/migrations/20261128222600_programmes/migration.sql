-- Several programmes a shop: who gets which, in which order. `number` names the programme in the last sign of its codes.
alter table program
  add column name text not null default 'Friends',
  add column position int not null default 0,
  add column number int not null default 0,
  add column audience jsonb not null default '{}',
  add column shares jsonb not null default '{}',
  add column retired_discount_id text;
create unique index program_shop_id_number_key on program (shop_id, number);

-- What was agreed when the friend ordered: what the advocate is promised, and for how long the order may come back.
alter table referral
  add column via text not null default 'code',
  add column also text[] not null default '{}',
  add column promised jsonb,
  add column return_days int;

-- How many friends an advocate has brought to a programme, where that earns something more.
create table referral_tier (
  shop_id bigint not null,
  program_id uuid not null,
  advocate_id uuid not null,
  friends int not null,
  referral_id uuid not null,
  reached_at timestamptz(3) not null,
  constraint referral_tier_pkey primary key (shop_id, program_id, advocate_id, friends)
);
create index referral_tier_shop_id_referral_id_idx on referral_tier (shop_id, referral_id);
select protect_tenant_table('referral_tier');
