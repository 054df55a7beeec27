-- What a conversation is found by, apart from what moves with every tick of its clock; beside its words what lists filter by,
-- so that both meet in one index.

-- CreateTable
CREATE TABLE "conversation_words" (
    "shop_id" BIGINT NOT NULL,
    "conversation_id" UUID NOT NULL,
    "heard_at" TIMESTAMPTZ(3) NOT NULL,
    "state" TEXT NOT NULL,
    "channel" TEXT NOT NULL,
    "clock" TEXT NOT NULL,
    "search" tsvector NOT NULL,

    CONSTRAINT "conversation_words_pkey" PRIMARY KEY ("shop_id","conversation_id")
);

-- AddForeignKey
ALTER TABLE "conversation_words" ADD CONSTRAINT "conversation_words_shop_id_conversation_id_fkey" FOREIGN KEY ("shop_id", "conversation_id") REFERENCES "conversation"("shop_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

select protect_tenant_table('conversation_words');

-- An index of words has no order. So every word stands in it with its shop and the week in which its conversation was heard
-- last: weeks are looked through one after the other, and a week without the word costs a step down the index. What else is
-- filtered by stands beside the words, as "=open".
create function heard_week(at timestamptz) returns integer language sql immutable parallel safe
  return (extract(epoch from at - '1970-01-01 00:00:00+00'::timestamptz)::bigint / 604800)::integer;

create function conversation_terms(shop bigint, heard timestamptz, state text, channel text, clock text, search tsvector)
returns tsvector language sql immutable parallel safe
  return (select array_to_tsvector(array(
      select concat(shop, ':', heard_week(heard), ':', left(term, 200))
      from unnest(tsvector_to_array(search) || array['=' || state, '=' || channel, '=' || clock]) term))
    where state <> 'merged');

-- Whoever searches would have to read what others have put on a list to be sorted in later.
create index conversation_terms on conversation_words
  using gin (conversation_terms(shop_id, heard_at, state, channel, clock, search)) with (fastupdate = off);

-- Every conversation has its row, and what is filtered by follows it, whoever changes it. The release before this one goes on
-- saying its words in the conversation.
create function follow_conversation() returns trigger language plpgsql as $$
begin
  insert into conversation_words as w (shop_id, conversation_id, heard_at, state, channel, clock, search)
  values (new.shop_id, new.id, new.heard_at, new.state, new.channel, new.clock, coalesce(new.search, ''))
  on conflict (shop_id, conversation_id) do update set heard_at = excluded.heard_at, state = excluded.state,
    channel = excluded.channel, clock = excluded.clock,
    search = case when new.search is distinct from old.search then excluded.search else w.search end;
  return null;
end $$;
create trigger words_begin after insert on conversation for each row execute function follow_conversation();
create trigger words_follow after update of heard_at, state, channel, clock, search on conversation for each row
  when ((new.heard_at, new.state, new.channel, new.clock, new.search)
    is distinct from (old.heard_at, old.state, old.channel, old.clock, old.search))
  execute function follow_conversation();

grant select on conversation_words to everafter_search;
create policy search on conversation_words for select to everafter_search using (true);
