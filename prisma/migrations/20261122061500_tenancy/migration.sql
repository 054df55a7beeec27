-- Roles, row-level security, partial indexes and the view of due moments. See docs/decisions/0002-tenancy-in-every-key.md.

create extension if not exists pg_trgm;
create extension if not exists btree_gin;

-- Roles are shared by all databases of a server, so another migration may be making them at this very moment.
do $$
declare
  role_name text;
begin
  foreach role_name in array array['everafter_app', 'everafter_worker'] loop
    begin
      execute format('create role %I nologin nobypassrls', role_name);
    exception when duplicate_object or unique_violation then null;
    end;
    begin
      execute format('grant %I to current_user', role_name);
    exception when others then
      if sqlerrm not like '%concurrently updated%' then raise; end if;
    end;
  end loop;
end $$;

grant usage on schema public to everafter_app, everafter_worker;
grant select, insert, update, delete on all tables in schema public to everafter_app, everafter_worker;
grant usage on all sequences in schema public to everafter_app, everafter_worker;
alter default privileges in schema public grant select, insert, update, delete on tables to everafter_app, everafter_worker;
alter default privileges in schema public grant usage on sequences to everafter_app, everafter_worker;

-- The shop that this transaction is bound to; null outside inShop(), and then no row is seen.
create function current_shop() returns bigint language sql stable parallel safe
  as $$ select nullif(current_setting('app.shop', true), '')::bigint $$;

-- One line a tenant table: everafter_app sees one shop, everafter_worker sees all while its session says so.
create function protect_tenant_table(table_name text, shop_column text default 'shop_id') returns void language plpgsql as $$
begin
  execute format('alter table %I enable row level security', table_name);
  execute format('alter table %I force row level security', table_name);
  execute format(
    'create policy one_shop on %I to everafter_app using (%I = current_shop()) with check (%I = current_shop())',
    table_name, shop_column, shop_column);
  execute format(
    'create policy across_shops on %I to everafter_worker using (current_setting(''app.across'', true) = ''on'' or %I = current_shop())',
    table_name, shop_column);
end $$;

select protect_tenant_table('shop', 'id');
select protect_tenant_table(c.table_name::text)
from information_schema.columns c
join information_schema.tables t using (table_schema, table_name)
where c.table_schema = 'public' and c.column_name = 'shop_id' and t.table_type = 'BASE TABLE' and c.table_name <> 'body_fingerprint';

-- Control plane, for the worker role only: sessions, fingerprints across shops, strays.
revoke all on shopify_session, body_fingerprint, stray_webhook from everafter_app;

-- What waits for its moment. Partial, so that finished rows cost nothing.
create index webhook_inbox_due on webhook_inbox (shop_id, due_at) where due_at is not null;
create index event_due on event (due_at, id) where due_at is not null;
create index enrollment_cursor_due on enrollment_cursor (shop_id, due_at) where due_at is not null;
create index message_due on message (shop_id, due_at) where due_at is not null;
create index message_lease on message (lease_until) where state = 'handing-over';
create index shipment_due on shipment (shop_id, due_at) where due_at is not null;
create index referral_due on referral (shop_id, due_at) where due_at is not null;
create index reward_due on reward (shop_id, due_at) where due_at is not null;

-- Search as you type, within one shop.
create index customer_search on customer using gin (shop_id, search_text gin_trgm_ops);

-- Hot rows are updated in place as far as possible.
alter table enrollment_cursor set (fillfactor = 85, autovacuum_vacuum_scale_factor = 0.02);
alter table webhook_inbox set (autovacuum_vacuum_scale_factor = 0.02);
alter table message set (fillfactor = 90, autovacuum_vacuum_scale_factor = 0.02);

-- Everything in domain tables that waits: for the lag that /metrics shows.
create view due_moment with (security_invoker = true) as
  select shop_id, 'inbox' as kind, due_at from webhook_inbox where due_at is not null
  union all select shop_id, 'event', due_at from event where due_at is not null
  union all select shop_id, 'enrollment', due_at from enrollment_cursor where due_at is not null
  union all select shop_id, 'message', due_at from message where due_at is not null
  union all select shop_id, 'shipment', due_at from shipment where due_at is not null
  union all select shop_id, 'referral', due_at from referral where due_at is not null
  union all select shop_id, 'reward', due_at from reward where due_at is not null;
grant select on due_moment to everafter_worker;
