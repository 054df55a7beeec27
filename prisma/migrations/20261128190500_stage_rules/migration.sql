-- Stages by rules of the shop's own: what they are counted from, when time alone may change them, and the rules themselves.
alter table customer
  add column answers integer not null default 0,
  add column kind_words integer not null default 0,
  add column reviews integer not null default 0,
  add column photos integer not null default 0,
  add column replies integer not null default 0,
  add column healed integer not null default 0,
  add column returned integer not null default 0,
  add column stage_due_at timestamptz(3);
create index customer_stage_due on customer (stage_due_at)
  where stage_due_at is not null and merged_into is null and erased_at is null;

create table stage_rules (
  shop_id bigint not null,
  version integer not null,
  content jsonb not null,
  state text not null,
  made_at timestamptz(3) not null,
  made_by text not null,
  live_at timestamptz(3),
  announce boolean not null default false,
  cursor uuid,
  done integer not null default 0,
  total integer,
  outcome jsonb,
  constraint stage_rules_pkey primary key (shop_id, version)
);
-- One draft and one that is gone by at a time.
create unique index stage_rules_draft on stage_rules (shop_id) where state = 'draft';
create unique index stage_rules_live on stage_rules (shop_id) where state = 'live';
select protect_tenant_table('stage_rules');

-- What this release adds to the moments that are due, whatever others have added to the view before.
do $$
begin
  execute 'create or replace view due_moment with (security_invoker = true) as '
    || rtrim(pg_get_viewdef('due_moment'::regclass), E'; \n')
    || ' union all select shop_id, ''stage'', stage_due_at from customer where stage_due_at is not null and merged_into is null and erased_at is null';
end $$;
