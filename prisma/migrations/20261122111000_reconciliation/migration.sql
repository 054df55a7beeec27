-- Where a shop's orders were compared up to, and when they are compared next: a due moment like the others.
create table reconciliation (
  shop_id bigint not null,
  good_until timestamptz(3) not null,
  due_at timestamptz(3) not null,
  lease_until timestamptz(3),
  constraint reconciliation_pkey primary key (shop_id)
);
create index reconciliation_due_at_idx on reconciliation (due_at);
select protect_tenant_table('reconciliation');

insert into reconciliation (shop_id, good_until, due_at)
select s.id, greatest(s.installed_at, coalesce(max(r.window_to), s.installed_at)), coalesce(max(r.at), s.installed_at)
from shop s left join reconcile_run r on r.shop_id = s.id
where s.status = 'installed' and s.installed_at is not null
group by s.id;

create or replace view due_moment with (security_invoker = true) as
  select shop_id, 'inbox' as kind, due_at from webhook_inbox where due_at is not null
  union all select shop_id, 'event', due_at from event where due_at is not null
  union all select shop_id, 'enrollment', due_at from enrollment_cursor where due_at is not null
  union all select shop_id, 'message', due_at from message where due_at is not null
  union all select shop_id, 'shipment', due_at from shipment where due_at is not null
  union all select shop_id, 'referral', due_at from referral where due_at is not null
  union all select shop_id, 'reward', due_at from reward where due_at is not null
  union all select shop_id, 'reconciliation', due_at from reconciliation;
