import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node';
import { useFetcher, useLoaderData } from '@remix-run/react';
import { BlockStack, Page } from '@shopify/polaris';
import { authenticateAdmin } from '../adapters/shopify/authenticate.server.ts';
import { now } from '../clock.server.ts';
import { fieldsOf, idOrMissing, unknownIntent } from '../fields.server.ts';
import { SETTLEMENTS } from '../rewards/compare.ts';
import { listDifferences, settleDifference } from '../rewards/rewards.server.ts';
import { DifferenceList } from '../ui/rewards/DifferenceList.tsx';
import { useToast } from '../ui/useToast.ts';
import { app } from '../wiring.server.ts';

export async function loader({ request }: LoaderFunctionArgs) {
  const { shop } = await authenticateAdmin(request);
  return app().db.inShop(shop.id, async (tx) => ({
    open: await listDifferences(tx, shop.id, true),
    settled: await listDifferences(tx, shop.id, false),
    zone: shop.timeZone,
    now: now().toISOString(),
  }));
}

export async function action({ request }: ActionFunctionArgs) {
  const { shop, userId } = await authenticateAdmin(request);
  const { db, queue } = app();
  const fields = await fieldsOf(request);
  if (fields.text('intent') === 'compare') {
    await queue.enqueue(null, 'rewards.reconcile', { shopId: String(shop.id) }, String(shop.id));
    return { toast: 'Comparing with Shopify; look again in a minute' };
  }
  const id = idOrMissing(fields.text('id'), 'There is no such difference');
  const how = SETTLEMENTS.find((name) => name === fields.text('intent')) ?? unknownIntent();
  const ask = { shopId: shop.id, id, how, by: String(userId) };
  const settled = await settleDifference(db, queue, ask, now());
  switch (settled.outcome) {
    case 'settled':
      return { toast: 'Done' };
    case 'gone':
      return { toast: 'It was settled already' };
    case 'impossible':
      return { toast: settled.what };
  }
}

export default function Differences() {
  const { open, settled, ...frame } = useLoaderData<typeof loader>();
  const fetcher = useFetcher<{ toast?: string }>();
  useToast(fetcher.data?.toast);
  const busy = fetcher.state !== 'idle';
  const settle = (id: string, intent: string) => fetcher.submit({ intent, id }, { method: 'post' });
  return (
    <Page
      title="Differences"
      subtitle="Every night what was given is held against what Shopify has."
      backAction={{ content: 'Rewards', url: '/app/referrals/rewards' }}
      secondaryActions={[
        {
          content: 'Compare now',
          disabled: busy,
          onAction: () => fetcher.submit({ intent: 'compare' }, { method: 'post' }),
        },
      ]}
    >
      <BlockStack gap="400">
        <DifferenceList
          title="Waiting for you"
          empty="Nothing differs: Shopify has what was given, and nothing else."
          rows={open}
          {...frame}
          busy={busy}
          onSettle={settle}
        />
        {settled.length > 0 ? <DifferenceList title="Settled" empty="" rows={settled} {...frame} /> : null}
      </BlockStack>
    </Page>
  );
}
