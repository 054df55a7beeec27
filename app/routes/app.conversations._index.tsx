import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node';
import { useFetcher, useLoaderData, useNavigate } from '@remix-run/react';
import { BlockStack, Card, Page, Text } from '@shopify/polaris';
import { useState } from 'react';
import { authenticateAdmin } from '../adapters/shopify/authenticate.server.ts';
import { now } from '../clock.server.ts';
import {
  COUNTED,
  inboxCounts,
  inboxSettings,
  listConversations,
  macroFields,
  macrosOf,
  ringingAlarms,
  savedViews,
  tagsOf,
  threadOf,
} from '../conversations/conversations.server.ts';
import { filterFrom } from '../conversations/filter.ts';
import { filledMacro } from '../conversations/macros.ts';
import { isUuid } from '../cursor.ts';
import { customersByIds, stageStory, timelineOf } from '../customers/customers.server.ts';
import type { ShopTx } from '../db.server.ts';
import { fieldsOf, queryOf, unknownIntent } from '../fields.server.ts';
import { doInInbox } from '../inboxDeeds.server.ts';
import { recordAccess, staffById } from '../shops/shops.server.ts';
import type { Shop } from '../shops/shop.ts';
import { customerView, timelineView } from '../ui/customerView.ts';
import { Alarms } from '../ui/inbox/Alarms.tsx';
import { Bulk } from '../ui/inbox/Bulk.tsx';
import { KeyHelp } from '../ui/inbox/KeyHelp.tsx';
import { threadView, withStaff } from '../ui/inbox/inboxView.ts';
import { StoryPane } from '../ui/inbox/StoryPane.tsx';
import { ThreadPane } from '../ui/inbox/ThreadPane.tsx';
import { ThreadList } from '../ui/inbox/ThreadList.tsx';
import { useFreshness } from '../ui/inbox/useFreshness.ts';
import { useInboxKeys } from '../ui/inbox/useInboxKeys.ts';
import { ViewsPane } from '../ui/inbox/ViewsPane.tsx';
import { useCsv } from '../ui/useCsv.ts';
import { usePages } from '../ui/usePages.ts';
import { useToast } from '../ui/useToast.ts';
import { useTypedSearch } from '../ui/useTypedSearch.ts';
import { app } from '../wiring.server.ts';

export async function loader({ request }: LoaderFunctionArgs) {
  const { shop, userId } = await authenticateAdmin(request);
  const query = queryOf(request);
  const at = now();
  const filter = filterFrom(query);
  const open = query.get('open');
  return app().db.inShop(shop.id, async (tx) => {
    const { people } = await inboxSettings(tx);
    const me = people.find((person) => person.userId === String(userId))?.email ?? null;
    const { rows, next } = await listConversations(tx, { ...filter, me, after: query.get('after') }, at);
    const shown = open && isUuid(open) ? await shownThread(tx, shop, { id: open, userId }, at) : null;
    return {
      rows,
      next,
      filter,
      people: withStaff(people, await staffById(tx)),
      shown,
      counts: await inboxCounts(tx, me, at),
      tags: ((await tagsOf(tx, [shop.id])).get(shop.id) ?? []).map(({ code, name }) => ({ code, name })),
      views: await savedViews(tx),
      alarms: (await ringingAlarms(tx, shop.id)).map(({ productId, ...alarm }) => ({
        ...alarm,
        productId: String(productId),
      })),
      most: COUNTED,
      zone: shop.timeZone,
      now: at.toISOString(),
    };
  });
}

/** The conversation that is read, its customer's story beside it, and the texts that it can begin with. */
async function shownThread(tx: ShopTx, shop: Shop, { id, userId }: { id: string; userId: bigint }, at: Date) {
  const thread = await threadOf(tx, id, `staff:${userId}`, at);
  if (!thread) return null;
  const { customerId } = thread.conversation;
  const ref = customerId ? { shopId: shop.id, id: customerId } : null;
  const customer = ref ? (await customersByIds(tx, [ref])).get(ref.id) : undefined;
  const fields = await macroFields(tx, shop, thread.conversation.id);
  const macros = fields ? await macrosOf(tx) : [];
  if (ref) await recordAccess(tx, { actor: userId, action: 'conversation.read', customerId: ref.id }, at);
  const zone = customer?.timeZone ?? shop.timeZone;
  return {
    thread: threadView(thread, app().filesOrigin),
    customer:
      customer && !customer.erasedAt
        ? customerView(customer, shop, (await stageStory(tx, ref!)).next, at)
        : null,
    lines: ref ? timelineView((await timelineOf(tx, ref, { limit: 30 })).entries, zone) : [],
    macros: macros.map(({ name, locale, body }) => ({
      name: `${name} (${locale})`,
      text: filledMacro(body, fields!),
    })),
    zone,
  };
}

export async function action({ request }: ActionFunctionArgs) {
  const { shop, userId } = await authenticateAdmin(request);
  const fields = await fieldsOf(request);
  const done = await app().db.inShop(shop.id, (tx) => doInInbox(tx, fields, `staff:${userId}`, now()));
  return done ?? unknownIntent();
}

const MISSING = 'There is no such conversation. It may have been erased with its customer.';

/** One pane after the other where there is no room for three. */
const PANES = `
.inbox{display:grid;gap:16px;grid-template-columns:minmax(0,1fr)}
.inbox-back{display:block}
.inbox-row{position:relative}
.inbox-row a::after{content:'';position:absolute;inset:0}
.inbox-row label{position:relative;z-index:1}
.inbox-thread{display:grid;gap:16px;grid-template-columns:minmax(0,1fr)}
.inbox-wide{display:none}
@media(max-width:61.99em){.inbox[data-open="1"] .inbox-aside,.inbox-filters[data-open="0"]{display:none}}
@media(min-width:62em){.inbox{grid-template-columns:200px minmax(280px,360px) minmax(0,1fr);align-items:start}.inbox-back,.inbox-narrow{display:none}.inbox-wide{display:block}}
@media(min-width:90em){.inbox-thread{grid-template-columns:minmax(0,1fr) 280px;align-items:start}}`;

export default function Conversations() {
  const data = useLoaderData<typeof loader>();
  const { rows, filter, shown, people, now: at } = data;
  const { text, type, set, params } = useTypedSearch('q');
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const navigate = useNavigate();
  const bulk = useFetcher<{ toast?: string }>();
  useToast(bulk.data?.toast);
  const pages = usePages(data.next);
  const csv = useCsv('conversations');
  useFreshness();
  const openId = shown?.thread.id ?? null;
  const [place, setPlace] = useState(0);
  const urlOf = (id: string | null) => {
    const query = new URLSearchParams(params);
    if (id) query.set('open', id);
    else query.delete('open');
    return `/app/conversations?${query}`;
  };
  const current = Math.min(place, Math.max(0, rows.length - 1));
  const act = (intent: string, ids: readonly string[], more: Record<string, string> = {}) => {
    bulk.submit({ intent, ids: ids.join(' '), ...more }, { method: 'post' });
    setChosen(new Set());
  };
  const go = (to: number) => {
    setPlace(Math.max(0, Math.min(rows.length - 1, to)));
    document.querySelector(`[data-thread="${rows[to]?.id}"]`)?.scrollIntoView({ block: 'nearest' });
  };
  useInboxKeys({
    down: () => go(current + 1),
    up: () => go(current - 1),
    open: () => rows[current] && navigate(urlOf(rows[current].id), { preventScrollReset: true }),
    back: openId ? () => navigate(urlOf(null), { preventScrollReset: true }) : null,
    done: rows[current] ? () => act('solve', [openId ?? rows[current]!.id]) : null,
  });
  const choose = (id: string, on: boolean) =>
    setChosen((before) => new Set(on ? [...before, id] : [...before].filter((each) => each !== id)));
  return (
    <Page
      title="Conversations"
      fullWidth
      secondaryActions={[
        { content: 'How fast are we?', url: '/app/conversations/figures' },
        { content: 'Promises and texts', url: '/app/conversations/settings' },
        csv,
      ]}
    >
      <style dangerouslySetInnerHTML={{ __html: PANES }} />
      <BlockStack gap="400">
        <div className={openId ? 'inbox-wide' : ''}>
          <Alarms alarms={data.alarms} />
        </div>
        <div className="inbox" data-open={shown || params.get('open') ? '1' : '0'}>
          <div className="inbox-aside">
            <ViewsPane
              filter={filter}
              counts={data.counts}
              most={data.most}
              tags={data.tags}
              views={data.views}
              onFilter={set}
            />
          </div>
          <div className="inbox-aside">
            <BlockStack gap="200">
              {chosen.size > 0 ? (
                <Bulk chosen={[...chosen]} tags={data.tags} people={people} act={act} />
              ) : null}
              <ThreadList
                rows={rows}
                view={filter.view}
                narrowed={filter.text !== '' || filter.tag !== null || filter.clock !== null}
                openId={openId}
                at={current}
                chosen={chosen}
                people={people}
                now={at}
                text={text}
                onText={type}
                onChoose={choose}
                urlOf={urlOf}
                onNext={pages.hasNext ? pages.onNext : null}
                onPrevious={pages.hasPrevious ? pages.onPrevious : null}
              />
              <KeyHelp />
            </BlockStack>
          </div>
          {shown ? (
            <div className="inbox-thread">
              <ThreadPane
                key={shown.thread.id}
                thread={shown.thread}
                people={people}
                tags={data.tags}
                macros={shown.macros}
                zone={data.zone}
                now={at}
                backUrl={urlOf(null)}
              />
              <StoryPane
                customer={shown.customer}
                lines={shown.lines}
                others={shown.thread.others}
                urlOf={urlOf}
                zone={shown.zone}
                now={at}
              />
            </div>
          ) : (
            <NothingOpen isMissing={Boolean(params.get('open'))} />
          )}
        </div>
      </BlockStack>
    </Page>
  );
}

function NothingOpen({ isMissing }: { isMissing: boolean }) {
  return (
    <div className={isMissing ? '' : 'inbox-wide'}>
      <Card>
        <Text as="p" tone="subdued">
          {isMissing ? MISSING : 'Choose a conversation to read it and to answer.'}
        </Text>
      </Card>
    </div>
  );
}
