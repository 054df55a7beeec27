import { redirect, type ActionFunctionArgs, type LoaderFunctionArgs } from '@remix-run/node';
import { useFetcher, useLoaderData, useSearchParams } from '@remix-run/react';
import { BlockStack, Card, Layout, Page, Text } from '@shopify/polaris';
import { useState } from 'react';
import { authenticateAdmin } from '../adapters/shopify/authenticate.server.ts';
import { now } from '../clock.server.ts';
import { TIMELINE_KINDS } from '../customers/timeline.ts';
import { codeOf, explainFor } from '../referrals/referrals.server.ts';
import { customersByIds, pauseCustomer, stageStory, timelineOf } from '../customers/customers.server.ts';
import { displayName } from '../customers/customer.ts';
import { fieldsOf, idOrMissing, queryOf, unknownIntent } from '../fields.server.ts';
import { lookAgain } from '../messages/messages.server.ts';
import { awaitedParcels } from '../orders/orders.server.ts';
import {
  beginByHand,
  comingUp,
  finishTask,
  openTasks,
  sequencesOn,
  stopOne,
} from '../sequences/sequences.server.ts';
import { recordAccess, requestErasure } from '../shops/shops.server.ts';
import { saidInPublic } from '../saidInPublic.server.ts';
import { storiesOf } from '../stories/stories.server.ts';
import { whyNotBegun } from '../ui/beginWords.ts';
import { BeginModal } from '../ui/BeginModal.tsx';
import { ComingUpCard } from '../ui/ComingUpCard.tsx';
import { CustomerCard } from '../ui/CustomerCard.tsx';
import { customerView, timelineView } from '../ui/customerView.ts';
import { EraseModal } from '../ui/EraseModal.tsx';
import { SaidInPublic } from '../ui/SaidInPublic.tsx';
import { listRewards } from '../rewards/rewards.server.ts';
import { GesturesOfCustomer } from '../ui/gestures/GesturesOfCustomer.tsx';
import { RewardsOfCustomer } from '../ui/rewards/RewardsOfCustomer.tsx';
import { StoriesCard } from '../ui/StoriesCard.tsx';
import { storyView } from '../ui/storyView.ts';
import { TaskList } from '../ui/TaskList.tsx';
import { Timeline } from '../ui/Timeline.tsx';
import { useSaved } from '../ui/useSaved.ts';
import { useToast } from '../ui/useToast.ts';
import { app } from '../wiring.server.ts';

const NOBODY = 'There is no such customer';

export async function loader({ request, params }: LoaderFunctionArgs) {
  const { shop, userId } = await authenticateAdmin(request);
  const ref = { shopId: shop.id, id: idOrMissing(params['id'], NOBODY) };
  const query = queryOf(request);
  const kind = TIMELINE_KINDS.find((name) => name === query.get('kind'));
  return app().db.inShop(shop.id, async (tx) => {
    const customer = (await customersByIds(tx, [ref])).get(ref.id);
    if (!customer || customer.erasedAt) throw new Response(NOBODY, { status: 404 });
    if (customer.id !== ref.id) throw redirect(`/app/customers/${customer.id}`);
    const before = query.get('before');
    const { entries, next } = await timelineOf(tx, ref, {
      ...(kind ? { kinds: [kind] } : {}),
      before,
      limit: 60,
    });
    await recordAccess(tx, { actor: userId, action: 'customer.viewed', customerId: ref.id }, now());
    return {
      customer: customerView(customer, shop, (await stageStory(tx, ref)).next, now()),
      stories: (await storiesOf(tx, shop.id, ref.id)).map((story) =>
        storyView(story, app().filesOrigin, now()),
      ),
      said: await saidInPublic(tx, shop.id, ref.id),
      rewards: (await listRewards(tx, shop.id, { customerId: ref.id, limit: 20 })).rewards,
      code: await codeOf(tx, shop.id, ref.id),
      programs: (await explainFor(tx, { shopId: shop.id, customerId: ref.id }, now())).map(
        ({ program: { name }, because }) => ({ name, because }),
      ),
      timeline: timelineView(entries, customer.timeZone ?? shop.timeZone),
      next,
      coming: (await comingUp(tx, ref.id)).map(({ orderId, productId, ...rest }) => ({
        ...rest,
        orderId: orderId === null ? null : String(orderId),
        productId: productId === null ? null : String(productId),
      })),
      parcels: (await awaitedParcels(tx, ref.id)).map(({ id, orderId, ...rest }) => ({
        ...rest,
        id: String(id),
        orderId: String(orderId),
      })),
      tasks: await openTasks(tx, { customerId: ref.id, limit: 50 }),
      sequences: await sequencesOn(tx),
      zone: customer.timeZone ?? shop.timeZone,
      now: now().toISOString(),
    };
  });
}

export async function action({ request, params }: ActionFunctionArgs) {
  const { shop, userId } = await authenticateAdmin(request);
  const ref = { shopId: shop.id, id: idOrMissing(params['id'], NOBODY) };
  const fields = await fieldsOf(request);
  const intent = fields.text('intent');
  switch (intent) {
    case 'pause':
    case 'resume':
      await app().db.inShop(shop.id, async (tx) => {
        await pauseCustomer(tx, ref, intent === 'pause', now());
        if (intent === 'resume') await lookAgain(tx, ref, now());
      });
      return { toast: intent === 'pause' ? 'Nothing but order news until you resume' : 'Resumed' };
    case 'begin': {
      const sequence = fields.text('sequence');
      const wish = { customerId: ref.id, sequence };
      const begun = await app().db.inShop(shop.id, (tx) => beginByHand(tx, wish, now()));
      return begun.outcome === 'begun'
        ? { toast: 'It begins in a moment', saved: true }
        : { refused: whyNotBegun(begun.why), sequence };
    }
    case 'task-done': {
      const enrollmentId = idOrMissing(fields.text('enrollment'), 'There is no such task');
      const task = { enrollmentId, stepKey: fields.text('step') };
      const done = await app().db.inShop(shop.id, (tx) => finishTask(tx, task, userId, now()));
      return { toast: done ? 'Done' : 'It was done already' };
    }
    case 'stop': {
      const id = idOrMissing(fields.text('enrollment'), 'There is nothing to stop');
      const stopped = await app().db.inShop(shop.id, (tx) => stopOne(tx, { customerId: ref.id, id }, now()));
      return { toast: stopped ? 'Stopped' : 'It was over already' };
    }
    case 'erase':
      await app().db.inShop(shop.id, (tx) => requestErasure(app().queue, tx, ref.id, now()));
      return redirect('/app/customers');
    default:
      return unknownIntent();
  }
}

const ERASE = 'erase-customer';

export default function CustomerPage() {
  const {
    customer,
    code,
    programs,
    said,
    rewards,
    stories,
    timeline,
    next,
    parcels,
    coming,
    tasks,
    sequences,
    zone,
    now: at,
  } = useLoaderData<typeof loader>();
  const fetcher = useFetcher<typeof action>();
  const [params, setParams] = useSearchParams();
  const [erasing, setErasing] = useState(false);
  const [beginning, setBeginning] = useState(false);
  useToast(fetcher.data && 'toast' in fetcher.data ? fetcher.data.toast : undefined);
  useSaved(fetcher.data && 'saved' in fetcher.data ? fetcher.data : undefined, () => setBeginning(false));
  const title = displayName(customer) ?? 'No name';
  return (
    <Page
      title={title}
      backAction={{ content: 'Customers', url: '/app/customers' }}
      secondaryActions={[
        { content: 'Begin a sequence', onAction: () => setBeginning(true) },
        {
          content: customer.paused ? 'Resume' : 'Pause everything',
          loading: fetcher.state !== 'idle',
          onAction: () =>
            fetcher.submit({ intent: customer.paused ? 'resume' : 'pause' }, { method: 'post' }),
        },
        { id: ERASE, content: 'Erase', destructive: true, onAction: () => setErasing(true) },
      ]}
    >
      <BeginModal
        name={title}
        sequences={sequences}
        open={beginning}
        busy={fetcher.state !== 'idle'}
        no={fetcher.data?.refused === undefined ? null : fetcher.data}
        onBegin={(sequence) => fetcher.submit({ intent: 'begin', sequence }, { method: 'post' })}
        onClose={() => setBeginning(false)}
      />
      <EraseModal
        name={title}
        orders={customer.ordersCount}
        open={erasing}
        opener={ERASE}
        onClose={() => setErasing(false)}
      />
      <Layout>
        <Layout.Section variant="oneThird">
          <BlockStack gap="400">
            <CustomerCard customer={customer} code={code} programs={programs} zone={zone} now={at} />
            <SaidInPublic customerId={customer.id} {...said} />
            <StoriesCard stories={stories} />
            <RewardsOfCustomer rewards={rewards} />
            <GesturesOfCustomer customerId={customer.id} name={title} now={at} />
          </BlockStack>
        </Layout.Section>
        <Layout.Section>
          <BlockStack gap="400">
            {tasks.count > 0 ? (
              <Card>
                <BlockStack gap="300">
                  <Text as="h2" variant="headingMd">
                    Needs you
                  </Text>
                  <TaskList tasks={tasks} now={at} />
                </BlockStack>
              </Card>
            ) : null}
            <ComingUpCard parcels={parcels} coming={coming} zone={zone} now={at} />
            <Timeline
              lines={timeline}
              zone={zone}
              kind={params.get('kind') ?? ''}
              onKind={(kind) => setParams(kind ? { kind } : {}, { preventScrollReset: true })}
              onOlder={
                next ? () => setParams((before) => ({ ...Object.fromEntries(before), before: next })) : null
              }
            />
          </BlockStack>
        </Layout.Section>
      </Layout>
    </Page>
  );
}
