-- Customers whose stage Shopify has yet to learn.
create table stage_mirror (
  shop_id bigint not null,
  customer_id uuid not null,
  due_at timestamptz(3) not null,
  attempts smallint not null default 0,
  constraint stage_mirror_pkey primary key (shop_id, customer_id)
);
create index stage_mirror_due on stage_mirror (due_at);
select protect_tenant_table('stage_mirror');

-- What this release adds to the moments that are due, whatever others have added to the view before.
do $$
begin
  execute 'create or replace view due_moment with (security_invoker = true) as '
    || rtrim(pg_get_viewdef('due_moment'::regclass), E'; \n')
    || ' union all select shop_id, ''stage-mirror'', due_at from stage_mirror';
end $$;
