-- Gestures: a purse with a month's budget that the database holds to, what is given on which occasion, and what was given.
create table purse (
  shop_id bigint not null,
  currency text not null,
  monthly bigint not null,
  updated_at timestamptz(3) not null,
  constraint purse_pkey primary key (shop_id, currency),
  constraint purse_monthly_check check (monthly >= 0)
);
select protect_tenant_table('purse');

create table purse_month (
  shop_id bigint not null,
  currency text not null,
  month date not null,
  budget bigint not null,
  spent bigint not null default 0,
  constraint purse_month_pkey primary key (shop_id, currency, month),
  -- Whoever spends, and however many at once: never above the budget.
  constraint purse_month_spent_check check (spent >= 0 and spent <= budget)
);
select protect_tenant_table('purse_month');

create table gesture_settings (
  shop_id bigint not null,
  content jsonb not null,
  listening boolean not null default false,
  told_until timestamptz(3),
  due_at timestamptz(3),
  updated_at timestamptz(3) not null,
  constraint gesture_settings_pkey primary key (shop_id)
);
create index gesture_settings_due on gesture_settings (due_at) where due_at is not null;
select protect_tenant_table('gesture_settings');

create table gesture_look (
  shop_id bigint not null,
  customer_id uuid not null,
  due_at timestamptz(3) not null,
  constraint gesture_look_pkey primary key (shop_id, customer_id)
);
create index gesture_look_due on gesture_look (due_at);
select protect_tenant_table('gesture_look');

create table gesture (
  shop_id bigint not null,
  id uuid not null,
  customer_id uuid not null,
  origin text not null,
  subject text not null,
  kind text not null,
  present jsonb not null,
  amount bigint not null,
  currency text not null,
  month date not null,
  state text not null,
  why jsonb not null,
  trouble text,
  note text not null default '',
  tasks jsonb not null default '[]',
  happened text not null default '',
  order_id bigint,
  by text not null,
  at timestamptz(3) not null,
  due_at timestamptz(3),
  lease_until timestamptz(3),
  attempts smallint not null default 0,
  done_at timestamptz(3),
  done_by text,
  constraint gesture_pkey primary key (shop_id, id)
);
create unique index gesture_shop_id_customer_id_subject_key on gesture (shop_id, customer_id, subject);
create index gesture_shop_id_at_id_idx on gesture (shop_id, at desc, id desc);
create index gesture_shop_id_state_at_idx on gesture (shop_id, state, at);
create index gesture_due on gesture (due_at) where due_at is not null;
select protect_tenant_table('gesture');

-- What this release adds to the moments that are due, whatever others have added to the view before.
do $$
begin
  execute 'create or replace view due_moment with (security_invoker = true) as '
    || rtrim(pg_get_viewdef('due_moment'::regclass), E'; \n')
    || ' union all select shop_id, ''gesture-look'', due_at from gesture_look'
    || ' union all select shop_id, ''gesture-calendar'', due_at from gesture_settings where due_at is not null'
    || ' union all select shop_id, ''gesture'', due_at from gesture where due_at is not null';
end $$;
