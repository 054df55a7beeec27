-- Orders of which Shopify is asked how their buyers came are moments that somebody waits for.
do $$ begin
  execute 'create or replace view due_moment with (security_invoker = true) as '
    || rtrim(pg_get_viewdef('due_moment'::regclass), E'; \n')
    || ' union all select shop_id, ''journey'', due_at from journey_ask where due_at is not null';
end $$;
