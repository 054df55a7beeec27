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

-- What was said and sent back so far.
update customer c set answers = t.answers, kind_words = t.kind_words
from (
  select shop_id, customer_id, count(*) as answers, count(*) filter (where score >= 4) as kind_words
  from answer where customer_id is not null and verified_at is not null group by 1, 2
) t where c.shop_id = t.shop_id and c.id = t.customer_id;
update customer c set reviews = t.reviews, kind_words = c.kind_words + t.kind_words
from (
  select shop_id, customer_id, count(*) as reviews, count(*) filter (where stars >= 4) as kind_words
  from review group by 1, 2
) t where c.shop_id = t.shop_id and c.id = t.customer_id;
update customer c set returned = t.returned
from (
  select shop_id, customer_id, count(*) as returned from orders
  where returned_at is not null and customer_id is not null group by 1, 2
) t where c.shop_id = t.shop_id and c.id = t.customer_id;
-- Looked at once, a few at a time, and from then on when time may change them.
update customer set stage_due_at = created_at where merged_into is null and erased_at is null;

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
