import type { LoaderFunctionArgs } from '@remix-run/node';
import { useFetcher, useLoaderData } from '@remix-run/react';
import { BlockStack, Page } from '@shopify/polaris';
import { authenticateAdmin } from '../adapters/shopify/authenticate.server.ts';
import { now } from '../clock.server.ts';
import { queryOf } from '../fields.server.ts';
import { REWARD_FILTERS } from '../rewards/reward.ts';
import { listDifferences, listRewards } from '../rewards/rewards.server.ts';
import { begunBy } from '../sequences/sequences.server.ts';
import { RemindersCard } from '../ui/rewards/RemindersCard.tsx';
import { RewardTable } from '../ui/RewardTable.tsx';
import { StateFilter } from '../ui/StateFilter.tsx';
import { useCsv } from '../ui/useCsv.ts';
import { useToast } from '../ui/useToast.ts';
import { app } from '../wiring.server.ts';

export async function loader({ request }: LoaderFunctionArgs) {
  const { shop } = await authenticateAdmin(request);
  const query = queryOf(request);
  const state = REWARD_FILTERS.find((name) => name === query.get('state')) ?? null;
  const ask = { state, after: query.get('after') };
  return {
    ...(await app().db.inShop(shop.id, async (tx) => ({
      ...(await listRewards(tx, shop.id, ask)),
      differences: (await listDifferences(tx, shop.id, true)).length,
      reminding: (await begunBy(tx, [shop.id], 'reward.expiring')).get(shop.id) ?? null,
    }))),
    zone: shop.timeZone,
    now: now().toISOString(),
  };
}

const STATES = [
  { label: 'All of them', value: '' },
  { label: 'Could not be given', value: 'stuck' },
  { label: 'Set aside', value: 'held' },
  { label: 'Given', value: 'issued' },
  { label: 'Used', value: 'used' },
  { label: 'Ran out unused', value: 'expired' },
  { label: 'Taken back', value: 'clawed-back' },
  { label: 'Taken back before they were given', value: 'void' },
];

export default function Rewards() {
  const fetcher = useFetcher<{ toast?: string }>();
  useToast(fetcher.data?.toast);
  const csv = useCsv('rewards');
  const { differences, reminding, ...data } = useLoaderData<typeof loader>();
  return (
    <Page
      title="Rewards"
      backAction={{ content: 'Referrals', url: '/app/referrals' }}
      secondaryActions={[
        csv,
        { content: 'What you owe', url: '/app/referrals/rewards/owed' },
        { content: 'Payouts', url: '/app/referrals/rewards/payouts' },
        {
          content: differences > 0 ? `Differences (${differences})` : 'Differences',
          url: '/app/referrals/rewards/differences',
        },
      ]}
    >
      <BlockStack gap="400">
        <RewardTable
          {...data}
          busy={fetcher.state !== 'idle'}
          onRetry={(id) =>
            fetcher.submit({ intent: 'retry-reward', id }, { method: 'post', action: '/app/referrals?index' })
          }
          filters={<StateFilter name="state" label="Show" options={STATES} />}
        />
        <RemindersCard reminding={reminding} />
      </BlockStack>
    </Page>
  );
}
