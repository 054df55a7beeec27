-- Waits that end when something happens to the customer are found by it.
alter table enrollment_cursor add column listens boolean not null default false;

-- What a step does beside writing to the customer.
create table deed (
  shop_id bigint not null,
  enrollment_id uuid not null,
  step_key text not null,
  customer_id uuid not null,
  order_id bigint,
  kind text not null,
  what jsonb not null,
  state text not null,
  reason jsonb not null default '{}',
  epoch integer not null,
  due_at timestamptz(3),
  attempts smallint not null default 0,
  lease_until timestamptz(3),
  at timestamptz(3) not null,
  ended_at timestamptz(3),
  constraint deed_pkey primary key (shop_id, enrollment_id, step_key)
);
create index deed_shop_id_customer_id_idx on deed (shop_id, customer_id);
create index deed_shop_id_state_at_idx on deed (shop_id, state, at);
create index deed_due_at_idx on deed (shop_id, due_at) where due_at is not null;
select protect_tenant_table('deed');

create or replace view due_moment with (security_invoker = true) as
  select shop_id, 'inbox' as kind, due_at from webhook_inbox where due_at is not null
  union all select shop_id, 'event', due_at from event where due_at is not null
  union all select shop_id, 'enrollment', due_at from enrollment_cursor where due_at is not null
  union all select shop_id, 'message', due_at from message where due_at is not null
  union all select shop_id, 'shipment', due_at from shipment where due_at is not null
  union all select shop_id, 'referral', due_at from referral where due_at is not null
  union all select shop_id, 'reward', due_at from reward where due_at is not null
  union all select shop_id, 'deed', due_at from deed where due_at is not null
  union all select shop_id, 'reconciliation', due_at from reconciliation;
