import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node';
import { useActionData, useLoaderData, useNavigation, useSubmit } from '@remix-run/react';
import { BlockStack, Page } from '@shopify/polaris';
import { useCallback } from 'react';
import { authenticateAdmin } from '../adapters/shopify/authenticate.server.ts';
import { now } from '../clock.server.ts';
import { fieldsOf, idOrMissing, unknownIntent } from '../fields.server.ts';
import { FUNNEL_DAYS } from '../referrals/days.ts';
import {
  funnelOf,
  listReferrals,
  listPrograms,
  programFigures,
  rankAdvocates,
  refuse,
  release,
  todayOf,
} from '../referrals/referrals.server.ts';
import { listRewards, retryDenied, retryReward } from '../rewards/rewards.server.ts';
import { AdvocateTable } from '../ui/AdvocateTable.tsx';
import { FirstThings } from '../ui/FirstThings.tsx';
import { FriendOrders } from '../ui/FriendOrders.tsx';
import { standingOf } from '../referrals/audience.ts';
import { ProgramsCard } from '../ui/referrals/ProgramsCard.tsx';
import { ReferralFunnel } from '../ui/ReferralFunnel.tsx';
import { referralView } from '../ui/referralView.ts';
import { RewardTable } from '../ui/RewardTable.tsx';
import { useToast } from '../ui/useToast.ts';
import { app } from '../wiring.server.ts';
import { sinceDays } from '../zones.ts';

/** Rows of each list that stand here; each has a page of its own. */
const BEGINNING = 10;

export async function loader({ request }: LoaderFunctionArgs) {
  const { shop } = await authenticateAdmin(request);
  return app().db.inShop(shop.id, async (tx) => {
    const programs = await listPrograms(tx, shop.id);
    if (programs.length === 0) return null;
    const [today, figures] = [todayOf(shop, now()), await programFigures(tx, shop.id)];
    const funnel = await funnelOf(tx, shop.id, sinceDays(FUNNEL_DAYS, shop.timeZone, now()));
    const { referrals } = await listReferrals(tx, shop.id, { limit: BEGINNING });
    const { rewards } = await listRewards(tx, shop.id, { limit: BEGINNING });
    const advocates = await rankAdvocates(tx, shop.id, BEGINNING);
    return {
      programs: programs.map(({ id, name, terms, audience, ...rest }) => ({
        id,
        name,
        terms,
        audience,
        standing: standingOf({ terms, status: rest.status }, today),
        ...(figures.get(id) ?? { codes: 0, waiting: 0, friends: 0 }),
      })),
      funnel: { ...funnel, revenue: String(funnel.revenue) },
      referrals: referrals.map(referralView),
      rewards,
      advocates: advocates.map((row) => ({ ...row, revenue: String(row.revenue) })),
      currency: shop.currency,
      zone: shop.timeZone,
      now: now().toISOString(),
    };
  });
}

export async function action({ request }: ActionFunctionArgs) {
  const { shop, userId } = await authenticateAdmin(request);
  const fields = await fieldsOf(request);
  const id = () => idOrMissing(fields.text('id'), 'There is no such referral');
  const decision = { staff: String(userId), reason: '' };
  const rewardId = () => idOrMissing(fields.text('id'), 'There is no such reward');
  return app().db.inShop(shop.id, async (tx) => {
    switch (fields.text('intent')) {
      case 'release':
        return {
          toast:
            (await release(tx, id(), now(), decision)) === 'released'
              ? 'It counts now'
              : 'It was settled already',
        };
      case 'refuse':
        return {
          toast:
            (await refuse(tx, id(), now(), decision)) === 'refused'
              ? 'It does not count'
              : 'It was settled already',
        };
      case 'retry-reward':
        return {
          toast: (await retryReward(tx, shop.id, rewardId(), now()))
            ? 'Trying it again'
            : 'It is dealt with already',
        };
      case 'retry-denied': {
        const count = await retryDenied(tx, shop.id, now());
        const waited = count === 1 ? 'One that waited is given now' : `${count} that waited are given now`;
        return { toast: count === 0 ? 'Allowed' : `Allowed. ${waited}` };
      }
      default:
        return unknownIntent();
    }
  });
}

export default function Referrals() {
  const data = useLoaderData<typeof loader>();
  const outcome = useActionData<{ toast?: string }>();
  const submit = useSubmit();
  const busy = useNavigation().state === 'submitting';
  useToast(outcome?.toast);
  const decide = useCallback(
    (intent: 'release' | 'refuse', id: string) => submit({ intent, id }, { method: 'post' }),
    [submit],
  );
  const retry = useCallback(
    (id: string) => submit({ intent: 'retry-reward', id }, { method: 'post' }),
    [submit],
  );
  if (!data) {
    return (
      <Page title="Referrals">
        <FirstThings
          heading="Your programme is on its way"
          text="Friends get something off their first order, your customers get something for the next of theirs. It appears here in a minute."
        />
      </Page>
    );
  }
  const sums = { currency: data.currency, zone: data.zone, now: data.now };
  return (
    <Page
      title="Referrals"
      subtitle="Friends bring friends; what it costs is only given when an order can't come back any more."
      secondaryActions={[
        { content: 'Programmes', url: '/app/referrals/programs' },
        { content: 'Codes', url: '/app/referrals/codes' },
        { content: 'Links', url: '/app/referrals/links' },
        { content: 'Fair and safe', url: '/app/referrals/safety' },
      ]}
    >
      <BlockStack gap="400">
        <ReferralFunnel funnel={data.funnel} currency={data.currency} />
        <ProgramsCard programs={data.programs} allUrl="/app/referrals/programs" />
        <FriendOrders
          referrals={data.referrals}
          {...sums}
          busy={busy}
          onDecide={decide}
          allUrl="/app/referrals/orders"
        />
        <AdvocateTable advocates={data.advocates} {...sums} allUrl="/app/referrals/advocates" />
        <RewardTable
          rewards={data.rewards}
          {...sums}
          busy={busy}
          onRetry={retry}
          allUrl="/app/referrals/rewards"
        />
      </BlockStack>
    </Page>
  );
}
