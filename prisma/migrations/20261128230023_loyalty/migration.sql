-- Loyalty: what comes with a stage, and points.
create table loyalty_settings (
  shop_id bigint not null,
  content jsonb not null,
  cursor uuid,
  due_at timestamptz(3),
  told_until date,
  day_due_at timestamptz(3),
  updated_at timestamptz(3) not null,
  constraint loyalty_settings_pkey primary key (shop_id)
);
create index loyalty_settings_due on loyalty_settings (due_at) where due_at is not null;
create index loyalty_settings_day_due on loyalty_settings (day_due_at) where day_due_at is not null;
select protect_tenant_table('loyalty_settings');

create table benefit (
  shop_id bigint not null,
  customer_id uuid not null,
  kind text not null,
  state text not null,
  times integer not null default 1,
  since timestamptz(3) not null,
  until timestamptz(3),
  tag text,
  old_tag text,
  due_at timestamptz(3),
  lease_until timestamptz(3),
  attempts smallint not null default 0,
  constraint benefit_pkey primary key (shop_id, customer_id, kind)
);
create index benefit_due on benefit (due_at) where due_at is not null;
select protect_tenant_table('benefit');

create table audience_wish (
  shop_id bigint not null,
  by text not null,
  kind text not null,
  ref text not null,
  constraint audience_wish_pkey primary key (shop_id, by, kind, ref)
);
select protect_tenant_table('audience_wish');

-- Nothing is used that was not given, whoever writes it.
alter table reward add constraint reward_used_check check (used >= 0 and used <= amount);
-- Points that are used are taken in the order in which they end.
create index reward_points on reward (shop_id, customer_id, expires_at) where kind = 'points' and state = 'issued';

-- What this release adds to the moments that are due, whatever others have added to the view before.
do $$
begin
  execute 'create or replace view due_moment with (security_invoker = true) as '
    || rtrim(pg_get_viewdef('due_moment'::regclass), E'; \n')
    || ' union all select shop_id, ''loyalty'', due_at from loyalty_settings where due_at is not null'
    || ' union all select shop_id, ''loyalty-day'', day_due_at from loyalty_settings where day_due_at is not null'
    || ' union all select shop_id, ''benefit'', due_at from benefit where due_at is not null'
    || ' union all select shop_id, ''points-end'', expires_at from reward where kind = ''points'' and state = ''issued'' and expires_at is not null';
end $$;
