-- One inbox for every voice: conversations, what is said in them, tags, views, texts to answer with, alarms of products.

-- CreateTable
CREATE TABLE "conversation" (
    "shop_id" BIGINT NOT NULL,
    "id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "clock" TEXT NOT NULL,
    "channel" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "matter" TEXT,
    "merged_into" UUID,
    "customer_id" UUID,
    "person_name" TEXT,
    "person_address" TEXT,
    "order_id" BIGINT,
    "product_id" BIGINT,
    "shipment_id" BIGINT,
    "score" SMALLINT,
    "subject" TEXT,
    "preview" TEXT NOT NULL DEFAULT '',
    "language" TEXT,
    "link" TEXT,
    "problem" BOOLEAN NOT NULL DEFAULT false,
    "voices" INTEGER NOT NULL DEFAULT 0,
    "opened_at" TIMESTAMPTZ(3) NOT NULL,
    "heard_at" TIMESTAMPTZ(3) NOT NULL,
    "awaiting_since" TIMESTAMPTZ(3),
    "reply_due_at" TIMESTAMPTZ(3),
    "resolution_due_at" TIMESTAMPTZ(3),
    "warned_at" TIMESTAMPTZ(3),
    "breached_at" TIMESTAMPTZ(3),
    "overdue_at" TIMESTAMPTZ(3),
    "escalated" SMALLINT NOT NULL DEFAULT 0,
    "first_replied_at" TIMESTAMPTZ(3),
    "replied_at" TIMESTAMPTZ(3),
    "assignee" TEXT,
    "snoozed_until" TIMESTAMPTZ(3),
    "solved_at" TIMESTAMPTZ(3),
    "solved_by" TEXT,
    "holds_until" TIMESTAMPTZ(3),
    "help_due_at" TIMESTAMPTZ(3),
    "help_asked_at" TIMESTAMPTZ(3),
    "help_score" SMALLINT,
    "help_at" TIMESTAMPTZ(3),
    "reordered_at" TIMESTAMPTZ(3),
    "due_at" TIMESTAMPTZ(3),
    "writing_by" TEXT,
    "writing_until" TIMESTAMPTZ(3),
    "search" tsvector,

    CONSTRAINT "conversation_pkey" PRIMARY KEY ("shop_id","id")
);

-- CreateTable
CREATE TABLE "conversation_entry" (
    "shop_id" BIGINT NOT NULL,
    "id" UUID NOT NULL,
    "conversation_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "source" TEXT,
    "voice_kind" TEXT,
    "channel" TEXT,
    "author" TEXT,
    "name" TEXT,
    "address" TEXT,
    "subject" TEXT,
    "text" TEXT NOT NULL DEFAULT '',
    "language" TEXT,
    "score" SMALLINT,
    "product_id" BIGINT,
    "link" TEXT,
    "attachments" JSONB NOT NULL DEFAULT '[]',
    "at" TIMESTAMPTZ(3) NOT NULL,
    "state" TEXT,
    "due_at" TIMESTAMPTZ(3),
    "lease_until" TIMESTAMPTZ(3),
    "attempts" SMALLINT NOT NULL DEFAULT 0,
    "ref" TEXT,
    "waited_minutes" INTEGER,
    "late" BOOLEAN,
    "first" BOOLEAN,
    "data" JSONB NOT NULL DEFAULT '{}',

    CONSTRAINT "conversation_entry_pkey" PRIMARY KEY ("shop_id","id")
);

-- CreateTable
CREATE TABLE "conversation_name" (
    "shop_id" BIGINT NOT NULL,
    "name" TEXT NOT NULL,
    "conversation_id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "conversation_name_pkey" PRIMARY KEY ("shop_id","name")
);

-- CreateTable
CREATE TABLE "tag" (
    "shop_id" BIGINT NOT NULL,
    "code" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "complaint" BOOLEAN NOT NULL DEFAULT false,
    "rules" JSONB NOT NULL DEFAULT '[]',
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "tag_pkey" PRIMARY KEY ("shop_id","code")
);

-- CreateTable
CREATE TABLE "conversation_tag" (
    "shop_id" BIGINT NOT NULL,
    "conversation_id" UUID NOT NULL,
    "tag" TEXT NOT NULL,
    "by" TEXT NOT NULL,
    "suggested" BOOLEAN NOT NULL DEFAULT false,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "heard_at" TIMESTAMPTZ(3) NOT NULL,
    "open" BOOLEAN NOT NULL DEFAULT true,

    CONSTRAINT "conversation_tag_pkey" PRIMARY KEY ("shop_id","conversation_id","tag")
);

-- CreateTable
CREATE TABLE "saved_view" (
    "shop_id" BIGINT NOT NULL,
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "filter" JSONB NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "saved_view_pkey" PRIMARY KEY ("shop_id","id")
);

-- CreateTable
CREATE TABLE "macro" (
    "shop_id" BIGINT NOT NULL,
    "key" TEXT NOT NULL,
    "locale" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "body" TEXT NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "macro_pkey" PRIMARY KEY ("shop_id","key","locale")
);

-- CreateTable
CREATE TABLE "inbox_settings" (
    "shop_id" BIGINT NOT NULL,
    "content" JSONB NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "inbox_settings_pkey" PRIMARY KEY ("shop_id")
);

-- CreateTable
CREATE TABLE "product_alarm" (
    "shop_id" BIGINT NOT NULL,
    "id" UUID NOT NULL,
    "product_id" BIGINT NOT NULL,
    "tag" TEXT NOT NULL,
    "count" INTEGER NOT NULL,
    "raised_at" TIMESTAMPTZ(3) NOT NULL,
    "ended_at" TIMESTAMPTZ(3),
    "ended_by" TEXT,

    CONSTRAINT "product_alarm_pkey" PRIMARY KEY ("shop_id","id")
);

-- CreateIndex
CREATE INDEX "conversation_shop_id_state_heard_at_id_idx" ON "conversation"("shop_id", "state", "heard_at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "conversation_shop_id_heard_at_id_idx" ON "conversation"("shop_id", "heard_at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "conversation_shop_id_assignee_state_heard_at_id_idx" ON "conversation"("shop_id", "assignee", "state", "heard_at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "conversation_shop_id_customer_id_heard_at_idx" ON "conversation"("shop_id", "customer_id", "heard_at" DESC);

-- CreateIndex
CREATE INDEX "conversation_shop_id_order_id_idx" ON "conversation"("shop_id", "order_id");

-- CreateIndex
CREATE INDEX "conversation_entry_shop_id_conversation_id_at_id_idx" ON "conversation_entry"("shop_id", "conversation_id", "at", "id");

-- CreateIndex
CREATE UNIQUE INDEX "conversation_entry_shop_id_source_key" ON "conversation_entry"("shop_id", "source");

-- CreateIndex
CREATE INDEX "conversation_name_shop_id_conversation_id_idx" ON "conversation_name"("shop_id", "conversation_id");

-- CreateIndex
CREATE INDEX "conversation_tag_shop_id_tag_open_heard_at_conversation_id_idx" ON "conversation_tag"("shop_id", "tag", "open", "heard_at" DESC, "conversation_id" DESC);

-- CreateIndex
CREATE INDEX "conversation_tag_shop_id_tag_heard_at_conversation_id_idx" ON "conversation_tag"("shop_id", "tag", "heard_at" DESC, "conversation_id" DESC);

-- CreateIndex
CREATE INDEX "product_alarm_shop_id_product_id_idx" ON "product_alarm"("shop_id", "product_id");

-- AddForeignKey
ALTER TABLE "conversation_entry" ADD CONSTRAINT "conversation_entry_shop_id_conversation_id_fkey" FOREIGN KEY ("shop_id", "conversation_id") REFERENCES "conversation"("shop_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "conversation_name" ADD CONSTRAINT "conversation_name_shop_id_conversation_id_fkey" FOREIGN KEY ("shop_id", "conversation_id") REFERENCES "conversation"("shop_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "conversation_tag" ADD CONSTRAINT "conversation_tag_shop_id_conversation_id_fkey" FOREIGN KEY ("shop_id", "conversation_id") REFERENCES "conversation"("shop_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

select protect_tenant_table(name) from unnest(array[
  'conversation', 'conversation_entry', 'conversation_name', 'tag', 'conversation_tag', 'saved_view', 'macro',
  'inbox_settings', 'product_alarm']) as name;

-- What waits for its moment, and for an answer.
create index conversation_due on conversation (due_at, id) where due_at is not null;
create index conversation_entry_due on conversation_entry (due_at, id) where due_at is not null;
create index conversation_waiting on conversation (shop_id, reply_due_at, id) where state = 'open' and awaiting_since is not null;
-- What a matter that is still open, or was until lately, is found by.
create index conversation_matter on conversation (shop_id, matter, heard_at desc) where matter is not null and state <> 'merged';
-- Complaints that hold asks and offers.
create index conversation_problem on conversation (shop_id, customer_id) where problem;
-- Solved, and not ordered again yet.
create index conversation_solved on conversation (shop_id, customer_id, solved_at) where solved_at is not null and reordered_at is null;
-- How long answers took.
create index conversation_entry_replies on conversation_entry (shop_id, at) where kind = 'reply' and waited_minutes is not null;
create index product_alarm_ringing on product_alarm (shop_id, product_id) where ended_at is null;
create index conversation_search on conversation using gin (shop_id, search);
alter table conversation set (fillfactor = 85, autovacuum_vacuum_scale_factor = 0.02);

-- Several migrations let this view grow: each adds to what is there.
do $$
begin
  execute 'create or replace view due_moment with (security_invoker = true) as '
    || rtrim(pg_get_viewdef('due_moment'::regclass), '; ')
    || ' union all select shop_id, ''conversation'', due_at from conversation where due_at is not null'
    || ' union all select shop_id, ''reply'', due_at from conversation_entry where due_at is not null';
end $$;

-- Lists of conversations. Matching words is not leakproof, so that behind a policy no index would be used for it: hence a
-- role of its own, bound to current_shop(), as in search_customers. It gives ids in order and nothing else.
grant create on schema public to everafter_search;
grant select on conversation, conversation_tag to everafter_search;
create policy search on conversation for select to everafter_search using (true);
create policy search on conversation_tag for select to everafter_search using (true);

-- Words are a tsquery, made by whoever calls. Three looks, all exact: among those heard last, for what is common; by the
-- index of words, for what is rare; through all in order, for what is frequent but not of late.
create function search_conversations(
  words text, of_state text, of_tag text, of_assignee text, of_channel text, of_clock text, of_customer uuid,
  is_waiting boolean, late_at timestamptz, before_at timestamptz, before_id uuid, page int
) returns table (conversation_id uuid, place timestamptz)
language plpgsql stable security definer
set search_path = public, pg_temp
set enable_seqscan = off
set enable_indexscan = on
as $$
declare
  shop bigint := current_shop();
  recent constant int := 2000;
  few constant int := 3000;
  source text := 'conversation c';
  place text := 'c.heard_at';
  direction text := 'desc';
  filters text;
  page_filter text := '';
  match text;
  got int;
  hits int;
begin
  if shop is null then raise exception 'search_conversations outside a shop'; end if;
  filters := format('c.shop_id = %s', shop);
  if is_waiting then
    filters := filters || ' and c.state = ''open'' and c.awaiting_since is not null';
    place := 'c.reply_due_at';
    direction := 'asc';
  elsif of_state is null then filters := filters || ' and c.state <> ''merged''';
  else filters := filters || format(' and c.state = %L', of_state);
  end if;
  if of_assignee = '' then filters := filters || ' and c.assignee is null';
  elsif of_assignee is not null then filters := filters || format(' and c.assignee = %L', of_assignee);
  end if;
  if of_channel is not null then filters := filters || format(' and c.channel = %L', of_channel); end if;
  if of_clock is not null then filters := filters || format(' and c.clock = %L', of_clock); end if;
  if of_customer is not null then filters := filters || format(' and c.customer_id = %L', of_customer); end if;
  if late_at is not null then
    filters := filters || format(' and c.state = ''open'' and c.awaiting_since is not null and c.reply_due_at <= %L', late_at);
  end if;
  if of_tag is not null then
    if is_waiting then
      filters := filters || format(' and exists (select 1 from conversation_tag g where g.shop_id = %s
        and g.conversation_id = c.id and g.tag = %L)', shop, of_tag);
    else
      source := format('conversation_tag g join conversation c on c.shop_id = g.shop_id and c.id = g.conversation_id
        and g.shop_id = %s and g.tag = %L %s', shop, of_tag,
        case when of_state in ('open', 'snoozed') then 'and g.open' when of_state = 'solved' then 'and not g.open' else '' end);
      place := 'g.heard_at';
    end if;
  end if;
  if before_at is not null then
    page_filter := format(' and (%s, c.id) %s (%L::timestamptz, %L::uuid)', place,
      case direction when 'desc' then '<' else '>' end, before_at, before_id);
    -- The index of tags orders by the id that stands in it.
    if place = 'g.heard_at' then page_filter := replace(page_filter, 'c.id', 'g.conversation_id'); end if;
  end if;
  if words = '' then
    return query execute format('select c.id, %s from %s where %s %s order by %1$s %5$s, %6$s %5$s limit %7$s',
      place, source, filters, page_filter, direction, case place when 'g.heard_at' then 'g.conversation_id' else 'c.id' end, page);
    return;
  end if;
  match := format(' and c.search @@ %L::tsquery', words);
  return query execute format('select id, p from (
      select c.id, %s as p, c.search from %s where %s %s order by %1$s %5$s, %6$s %5$s limit %7$s) c
    where true %8$s order by p %5$s, id %5$s limit %9$s',
    place, source, filters, page_filter, direction, case place when 'g.heard_at' then 'g.conversation_id' else 'c.id' end,
    recent, match, page);
  get diagnostics got = row_count;
  if got = page then return; end if;
  -- Behind a policy the planner knows nothing of how rare a word is; without this it may walk all rows for a few.
  perform set_config('enable_indexscan', 'off', true);
  execute format('select count(*) from (select 1 from %s where %s %s %s limit %s) hits',
    source, filters, page_filter, match, few) into hits;
  if hits = got then
    perform set_config('enable_indexscan', 'on', true);
    return;
  end if;
  if hits < few then
    return query execute format('with hits as materialized (select c.id, %s as p from %s where %s %s %s)
      select id, p from hits order by p %6$s, id %6$s offset %7$s limit %8$s',
      place, source, filters, page_filter, match, direction, got, page - got);
    perform set_config('enable_indexscan', 'on', true);
    return;
  end if;
  perform set_config('enable_indexscan', 'on', true);
  return query execute format('select c.id, %s from %s where %s %s %s order by %1$s %6$s, c.id %6$s offset %7$s limit %8$s',
    place, source, filters, page_filter, match, direction, got, page - got);
end $$;
alter function search_conversations owner to everafter_search;
revoke create on schema public from everafter_search;
revoke execute on function search_conversations from public;
grant execute on function search_conversations to everafter_app, everafter_worker;
