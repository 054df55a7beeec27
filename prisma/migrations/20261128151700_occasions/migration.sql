-- Moments of the calendar: up to when they have been told, and when the next may come. A row while a sequence listens.
create table calendar_watch (
  shop_id bigint not null,
  told_until timestamptz(3) not null,
  due_at timestamptz(3) not null,
  constraint calendar_watch_pkey primary key (shop_id)
);
create index calendar_watch_due_at_idx on calendar_watch (due_at);
select protect_tenant_table('calendar_watch');

-- What Shopify is asked for again and again because a sequence goes by it: members of a segment, dates in a metafield.
create table audience_watch (
  shop_id bigint not null,
  kind text not null,
  ref text not null,
  due_at timestamptz(3) not null,
  lease_until timestamptz(3),
  asked_at timestamptz(3),
  trouble text,
  constraint audience_watch_pkey primary key (shop_id, kind, ref)
);
create index audience_watch_due_at_idx on audience_watch (due_at);
select protect_tenant_table('audience_watch');

create table segment_member (
  shop_id bigint not null,
  segment_id bigint not null,
  customer_id uuid not null,
  since timestamptz(3) not null,
  constraint segment_member_pkey primary key (shop_id, segment_id, customer_id)
);
create index segment_member_shop_id_customer_id_idx on segment_member (shop_id, customer_id);
select protect_tenant_table('segment_member');

-- A date of a customer's that comes back every year: 229 is 29 February.
create table customer_date (
  shop_id bigint not null,
  customer_id uuid not null,
  name text not null,
  year_day smallint not null,
  year smallint,
  constraint customer_date_pkey primary key (shop_id, customer_id, name)
);
create index customer_date_shop_id_name_year_day_idx on customer_date (shop_id, name, year_day);
select protect_tenant_table('customer_date');

alter table customer add column tags text[] not null default '{}';
create index customer_shop_id_first_order_at_idx on customer (shop_id, first_order_at);
create index shipment_shop_id_delivered_at_idx on shipment (shop_id, delivered_at);
create index reward_shop_id_expires_at_idx on reward (shop_id, expires_at);
-- When what is sold with a date (a ticket, a course) is over.
alter table product_clock add column event_ends_at timestamptz(3);

create or replace view due_moment with (security_invoker = true) as
  select shop_id, 'inbox' as kind, due_at from webhook_inbox where due_at is not null
  union all select shop_id, 'event', due_at from event where due_at is not null
  union all select shop_id, 'enrollment', due_at from enrollment_cursor where due_at is not null
  union all select shop_id, 'message', due_at from message where due_at is not null
  union all select shop_id, 'shipment', due_at from shipment where due_at is not null
  union all select shop_id, 'referral', due_at from referral where due_at is not null
  union all select shop_id, 'reward', due_at from reward where due_at is not null
  union all select shop_id, 'deed', due_at from deed where due_at is not null
  union all select shop_id, 'reconciliation', due_at from reconciliation
  union all select shop_id, 'calendar', due_at from calendar_watch
  union all select shop_id, 'audience', due_at from audience_watch;
