-- Search as you type over a million customers.
--
-- LIKE is not leakproof, so behind a row-level security policy PostgreSQL never uses the trigram index for it. The search
-- therefore runs as a role of its own whose policy lets it read, and binds itself to current_shop(), which its caller
-- cannot widen. It gives ids in order and nothing else.

do $$
begin
  create role everafter_search nologin nobypassrls;
exception when duplicate_object or unique_violation then null;
end $$;
do $$
begin
  grant everafter_search to current_user;
exception when others then
  if sqlerrm not like '%concurrently updated%' then raise; end if;
end $$;
grant usage, create on schema public to everafter_search;
grant select on customer, consent to everafter_search;
create policy search on customer for select to everafter_search using (true);
create policy search on consent for select to everafter_search using (true);

drop index "customer_shop_id_stage_idx";
create index "customer_shop_id_stage_active_at_id_idx" on "customer" ("shop_id", "stage", "active_at" desc, "id" desc);
create index "customer_shop_id_country_active_at_id_idx" on "customer" ("shop_id", "country", "active_at" desc, "id" desc);

-- Words begin with a space in search_text, so that one or two letters find beginnings of words.
update "customer" set "search_text" = ' ' || "search_text" where "search_text" <> '' and "search_text" not like ' %';

-- Three looks, all exact. Among the customers active last: finds what is common. By the trigram index, sorted after: finds
-- what is rare. Through all, active last first: finds what is frequent but not of late. Texts are put into the statement
-- (quoted), because a generic plan can't know how rare they are.
create function search_customers(
  words text[], of_stage text, of_country text, ordered_from timestamptz, ordered_to timestamptz, consent_for text,
  before_at timestamptz, before_id uuid, page int
) returns table (customer_id uuid, active timestamptz)
language plpgsql stable security definer
set search_path = public, pg_temp
set enable_seqscan = off
set enable_indexscan = on
as $$
declare
  shop bigint := current_shop();
  recent constant int := 2000;
  few constant int := 3000;
  filters text := 'merged_into is null and erased_at is null';
  likes text := '';
  page_filter text := '';
  word text;
  got int;
  hits int;
begin
  if shop is null then raise exception 'search_customers outside a shop'; end if;
  foreach word in array words loop
    likes := likes || format(' and search_text like %L',
      case when length(word) < 3 then '% ' else '%' end || replace(replace(replace(word, '\', '\\'), '%', '\%'), '_', '\_') || '%');
  end loop;
  if of_stage is not null then filters := filters || format(' and stage = %L', of_stage); end if;
  if of_country is not null then filters := filters || format(' and country = %L', of_country); end if;
  -- active_at is the last order where there is one, so that the range is one of the index too.
  if ordered_from is not null then filters := filters || format(' and active_at >= %L and last_order_at >= %1$L', ordered_from); end if;
  if ordered_to is not null then filters := filters || format(' and active_at < %L and last_order_at < %1$L', ordered_to); end if;
  if consent_for is not null then
    filters := filters || format(' and exists (select 1 from consent c where c.shop_id = %s and c.customer_id = customer.id
      and c.channel = %L and c.state = ''subscribed'')', shop, consent_for);
  end if;
  if before_at is not null then page_filter := format(' and (active_at, id) < (%L, %L)', before_at, before_id); end if;

  if likes = '' then
    return query execute format('select id, active_at from customer where shop_id = %s and %s %s
      order by active_at desc, id desc limit %s', shop, filters, page_filter, page);
    return;
  end if;
  return query execute format('select id, active_at from (
      select * from customer where shop_id = %s and %s %s order by active_at desc, id desc limit %s) last_active
    where true %s order by active_at desc, id desc limit %s', shop, filters, page_filter, recent, likes, page);
  get diagnostics got = row_count;
  if got = page then return; end if;
  -- Behind a policy the planner knows nothing of how rare a text is; without this it may walk all rows for a few.
  perform set_config('enable_indexscan', 'off', true);
  execute format('select count(*) from (select 1 from customer where shop_id = %s %s and %s %s limit %s) hits',
    shop, likes, filters, page_filter, few) into hits;
  if hits = got then return; end if;
  if hits < few then
    return query execute format('with hits as materialized (
        select id, active_at from customer where shop_id = %s %s and %s %s)
      select id, active_at from hits order by active_at desc, id desc offset %s limit %s',
      shop, likes, filters, page_filter, got, page - got);
    return;
  end if;
  perform set_config('enable_indexscan', 'on', true);
  return query execute format('select id, active_at from customer where shop_id = %s and %s %s %s
    order by active_at desc, id desc offset %s limit %s', shop, filters, page_filter, likes, got, page - got);
end $$;
alter function search_customers owner to everafter_search;
revoke create on schema public from everafter_search;
revoke execute on function search_customers from public;
grant execute on function search_customers to everafter_app, everafter_worker;
