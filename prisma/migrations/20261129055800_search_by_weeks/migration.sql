-- A word that is frequent, but not of late, was looked for through all that was said since: 300 ms where one of ten among a
-- million has it. The same for a channel or a kind of which nobody has written for long.
insert into conversation_words (shop_id, conversation_id, heard_at, state, channel, clock, search)
select shop_id, id, heard_at, state, channel, clock, coalesce(search, '') from conversation
on conflict do nothing;

-- The words of a tsquery, and filters, as they stand in the index for one week of a shop.
create function wanted_terms(shop bigint, week integer, words text, filters text[])
returns tsquery language sql immutable parallel safe
  return (select string_agg(part, ' & ')::tsquery from (
    select '(' || regexp_replace(words, '''((?:[^'']|'''')+)''', format('''%s:%s:\1''', shop, week), 'g') || ')' as part
      where words <> ''
    union all select format('''%s:%s:%s''', shop, week, filter) from unnest(filters) filter) parts);

grant create on schema public to everafter_search;

-- Words are a tsquery of quoted words, made by whoever calls. What an index has in order is read in order. Where words are asked
-- for, or a filter that no order has, there are two looks, both exact: through the newest, for what is common; and from there
-- on by the index of words, week by week. Those that wait have another order than weeks: what is rare among them is put in
-- order, and what is not is met soon.
create or replace function search_conversations(
  words text, of_state text, of_tag text, of_assignee text, of_channel text, of_clock text, of_customer uuid,
  is_waiting boolean, late_at timestamptz, before_at timestamptz, before_id uuid, page int
) returns table (conversation_id uuid, place timestamptz)
language plpgsql stable security definer
set search_path = public, pg_temp
set enable_seqscan = off
set max_parallel_workers_per_gather = 0
set jit = off
as $$
declare
  shop bigint := current_shop();
  newest constant int := 2000;
  few constant int := 3000;
  is_open constant boolean := is_waiting or coalesce(of_state = 'open', false);
  source text := 'conversation c';
  place text := 'c.heard_at';
  id text := 'c.id';
  direction text := 'desc';
  -- What stands in order in an index; what only rows have; what an index of words has beside them.
  ordered text;
  owned text := '';
  picked text := '';
  facets text[] := '{}';
  spoken text := '';
  following text := '';
  order_by text;
  weeks text;
  match text;
  -- One after the other, as their order comes: whatever the planner knows or does not know of them.
  by_key constant text := format('(select c.* from conversation c where c.shop_id = %s and c.id = %%s offset 0)', current_shop());
  got int;
  hits uuid[];
  edge_at timestamptz;
  edge_id uuid;
begin
  if shop is null then raise exception 'search_conversations outside a shop'; end if;
  ordered := format('c.shop_id = %s', shop);
  if is_waiting then
    ordered := ordered || ' and c.state = ''open'' and c.awaiting_since is not null';
    place := 'c.reply_due_at';
    direction := 'asc';
    facets := facets || '=open'::text;
  elsif of_state is null then ordered := ordered || ' and c.state <> ''merged''';
  else
    ordered := ordered || format(' and c.state = %L', of_state);
    facets := facets || ('=' || of_state);
  end if;
  if late_at is not null then
    ordered := ordered || format(' and c.state = ''open'' and c.awaiting_since is not null and c.reply_due_at <= %L', late_at);
  end if;
  if of_assignee = '' then owned := owned || ' and c.assignee is null';
  elsif of_assignee is not null then owned := owned || format(' and c.assignee = %L', of_assignee);
  end if;
  if of_customer is not null then owned := owned || format(' and c.customer_id = %L', of_customer); end if;
  ordered := ordered || owned;
  if of_clock is not null then
    facets := facets || ('=' || of_clock);
    if is_open and owned = '' and of_tag is null then ordered := ordered || format(' and c.clock = %L', of_clock);
    else picked := picked || format(' and c.clock = %L', of_clock);
    end if;
  end if;
  if of_channel is not null then
    facets := facets || ('=' || of_channel);
    picked := picked || format(' and c.channel = %L', of_channel);
  end if;
  if of_tag is not null and is_waiting then
    ordered := ordered || format(' and exists (select 1 from conversation_tag g where g.shop_id = %s
      and g.conversation_id = c.id and g.tag = %L offset 0)', shop, of_tag);
  elsif of_tag is not null then
    source := format('(select heard_at, conversation_id from conversation_tag where shop_id = %s and tag = %L %s) g
      cross join lateral %s c', shop, of_tag,
      case when of_state in ('open', 'snoozed') then 'and open' when of_state = 'solved' then 'and not open' else '' end,
      format(by_key, 'g.conversation_id'));
    -- The index of tags orders by what stands in it.
    place := 'g.heard_at';
    id := 'g.conversation_id';
  end if;
  order_by := format('%s %s, %s %2$s', place, direction, id);
  if before_at is not null then
    following := format(' and (%s, %s) %s (%L::timestamptz, %L::uuid)', place, id,
      case direction when 'desc' then '<' else '>' end, before_at, before_id);
  end if;
  if words = '' and picked = '' then
    return query execute format('select c.id, %s from %s where %s %s order by %s limit %s',
      place, source, ordered, following, order_by, page);
    return;
  end if;

  if words <> '' then
    spoken := format('cross join lateral (select w.search from conversation_words w where w.shop_id = %s
      and w.conversation_id = c.id offset 0) w', shop);
    picked := picked || format(' and w.search @@ %L::tsquery', words);
  end if;
  return query execute format('select c.id, c.p from (
      select c.id, c.channel, c.clock, %s as p from %s where %s %s order by %s limit %s) c %s
    where true %s order by c.p %s, c.id %9$s limit %s',
    place, source, ordered, following, order_by, newest, spoken, picked, direction, page);
  get diagnostics got = row_count;
  if got = page then return; end if;
  -- The last of those; none where they were all.
  execute format('select %s, %s from %s where %s %s order by %s offset %s limit 1',
    place, id, source, ordered, following, order_by, newest - 1) into edge_at, edge_id;
  if edge_id is null then return; end if;

  select format('generate_series(%s, %s, -1) week',
      heard_week(case when is_waiting then max(c.heard_at) else edge_at end), heard_week(min(c.heard_at)))
    into weeks from conversation c where c.shop_id = shop;
  match := format('conversation_terms(w.shop_id, w.heard_at, w.state, w.channel, w.clock, w.search)
    @@ wanted_terms(%s, week, %L, %L::text[])', shop, words, facets);

  if not is_waiting then
    source := '';
    if owned <> '' then source := format('cross join lateral %s c', format(by_key, 'hit.id')); end if;
    if of_tag is not null then
      source := source || format(' cross join lateral (select from conversation_tag g where g.shop_id = %s
        and g.conversation_id = hit.id and g.tag = %L offset 0) g', shop, of_tag);
    end if;
    -- In their order before they are joined: as many are looked up as are wanted.
    return query execute format('select hit.id, hit.p from %s cross join lateral (
        select w.conversation_id as id, w.heard_at as p from conversation_words w
        where %s and (w.heard_at, w.conversation_id) < (%L::timestamptz, %L::uuid)
        order by w.heard_at desc, w.conversation_id desc %s) hit %s where true %s limit %s',
      weeks, match, edge_at, edge_id, case source when '' then format('limit %s', page - got) else 'offset 0' end,
      source, owned, page - got);
    return;
  end if;

  following := format(' and (%s, %s) > (%L::timestamptz, %L::uuid)', place, id, edge_at, edge_id);
  execute format('select array_agg(hit.id) from (select hit.id from %s cross join lateral (
    select w.conversation_id as id from conversation_words w where %s) hit limit %s) hit', weeks, match, few) into hits;
  if cardinality(hits) = few then
    return query execute format('select c.id, c.reply_due_at from conversation c %s where %s %s %s order by %s limit %s',
      spoken, ordered, picked, following, order_by, page - got);
  elsif hits is not null then
    return query execute format('select c.id, c.reply_due_at from unnest($1) hit(id)
      cross join lateral %s c where %s %s order by %s limit %s',
      format(by_key, 'hit.id'), ordered, following, order_by, page - got) using hits;
  end if;
end $$;
alter function search_conversations owner to everafter_search;
revoke create on schema public from everafter_search;
