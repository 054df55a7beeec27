import type { LoaderFunctionArgs } from '@remix-run/node';
import { useFetcher, useLoaderData } from '@remix-run/react';
import { BlockStack, Page } from '@shopify/polaris';
import { authenticateAdmin } from '../adapters/shopify/authenticate.server.ts';
import { now } from '../clock.server.ts';
import { queryOf } from '../fields.server.ts';
import { daysIn } from '../referrals/days.ts';
import { REASONS, reasonText, standingText } from '../referrals/reasons.ts';
import { REFERRAL_FILTERS } from '../referrals/referral.ts';
import { listReferrals } from '../referrals/referrals.server.ts';
import { FriendOrders } from '../ui/FriendOrders.tsx';
import { referralView } from '../ui/referralView.ts';
import { StateFilter } from '../ui/StateFilter.tsx';
import { useCsv } from '../ui/useCsv.ts';
import { useToast } from '../ui/useToast.ts';
import { app } from '../wiring.server.ts';

export async function loader({ request }: LoaderFunctionArgs) {
  const { shop } = await authenticateAdmin(request);
  const query = queryOf(request);
  const state = REFERRAL_FILTERS.find((name) => name === query.get('state')) ?? null;
  const { since } = daysIn(query, shop.timeZone, now());
  const reason = REASONS.find((name) => name === query.get('reason')) ?? null;
  const ask = { state, since, reason, after: query.get('after'), limit: 25 };
  const { referrals, next } = await app().db.inShop(shop.id, (tx) => listReferrals(tx, shop.id, ask));
  return {
    referrals: referrals.map(referralView),
    next,
    currency: shop.currency,
    zone: shop.timeZone,
    now: now().toISOString(),
  };
}

const TIMES = [
  { label: 'At any time', value: '' },
  { label: 'In the last 30 days', value: '30' },
  { label: 'In the last 90 days', value: '90' },
  { label: 'In the last year', value: '365' },
];

const STATES = [
  { label: 'All of them', value: '' },
  { label: 'Being checked: they wait for you', value: 'held' },
  { label: standingText('pending', 'en'), value: 'pending' },
  { label: 'All that have counted', value: 'qualified' },
  { label: standingText('rewarded', 'en'), value: 'rewarded' },
  { label: 'All that count: neither refused nor undone', value: 'counted' },
  { label: 'All but those undone', value: 'ordered' },
  { label: standingText('refused', 'en'), value: 'refused' },
  { label: standingText('void', 'en'), value: 'void' },
];

const WHY = [
  { label: 'For whatever reason', value: '' },
  ...REASONS.filter((reason) => reason !== 'unknown').map((value) => ({
    label: reasonText(value, 'en').replace(/\.$/, ''),
    value,
  })),
];

export default function FriendsOrders() {
  const data = useLoaderData<typeof loader>();
  const fetcher = useFetcher<{ toast?: string }>();
  useToast(fetcher.data?.toast);
  const csv = useCsv('friends-orders');
  return (
    <Page
      title="Friends’ orders"
      backAction={{ content: 'Referrals', url: '/app/referrals' }}
      secondaryActions={[csv]}
    >
      <FriendOrders
        {...data}
        busy={fetcher.state !== 'idle'}
        onDecide={(intent, id) =>
          fetcher.submit({ intent, id }, { method: 'post', action: '/app/referrals?index' })
        }
        filters={
          <BlockStack gap="200">
            <StateFilter name="state" label="Show" options={STATES} />
            <StateFilter name="days" label="Ordered" options={TIMES} />
            <StateFilter name="reason" label="Because" options={WHY} />
          </BlockStack>
        }
      />
    </Page>
  );
}
