import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node';
import { useActionData, useLoaderData, useNavigation, useSubmit } from '@remix-run/react';
import { BlockStack, Page } from '@shopify/polaris';
import { authenticateAdmin } from '../adapters/shopify/authenticate.server.ts';
import { now } from '../clock.server.ts';
import { fieldsOf, idOrMissing, unknownIntent } from '../fields.server.ts';
import { explainReferral, referralOf, refuse, release, stepsOf } from '../referrals/referrals.server.ts';
import { DecisionCard, HistoryCard, SeenCard, WhyCard } from '../ui/referrals/OneReferral.tsx';
import { StandingBadge } from '../ui/referrals/StandingBadge.tsx';
import { referralView } from '../ui/referralView.ts';
import { money } from '../ui/format.ts';
import { useToast } from '../ui/useToast.ts';
import { app } from '../wiring.server.ts';

const NONE = 'There is no such referral';

export async function loader({ request, params }: LoaderFunctionArgs) {
  const { shop } = await authenticateAdmin(request);
  const id = idOrMissing(params['id'] ?? '', NONE);
  return app().db.inShop(shop.id, async (tx) => {
    const referral = await referralOf(tx, shop.id, id);
    if (!referral) throw new Response(NONE, { status: 404 });
    const { shared, inviters } = await explainReferral(tx, id);
    return {
      referral: referralView(referral),
      shared: shared.map((each) => ({ ...each, orderId: String(each.orderId) })),
      inviters,
      steps: await stepsOf(tx, id),
      currency: shop.currency,
      zone: shop.timeZone,
      now: now().toISOString(),
    };
  });
}

const SAID = {
  released: 'It counts now',
  'not-held': 'It was settled already',
  undone: 'The order was undone, so there is nothing to count',
  had: 'The advocate has used what it earned already, so it stays as it is',
  wait: 'What it earned is being taken back at Shopify. Try it again in a minute',
  refused: 'It does not count',
  settled: 'It was settled already',
} as const;

export async function action({ request, params }: ActionFunctionArgs) {
  const { shop, userId } = await authenticateAdmin(request);
  const fields = await fieldsOf(request);
  const id = idOrMissing(params['id'] ?? '', NONE);
  const decision = { staff: String(userId), reason: fields.text('reason') };
  return app().db.inShop(shop.id, async (tx) => {
    switch (fields.text('intent')) {
      case 'release': {
        const outcome = await release(tx, id, now(), decision);
        if (outcome === 'reason-missing')
          return { error: 'It had been refused. Write down in a few words why it counts after all.' };
        return { toast: SAID[outcome] };
      }
      case 'refuse':
        return { toast: SAID[await refuse(tx, id, now(), decision)] };
      default:
        return unknownIntent();
    }
  });
}

export default function FriendsOrder() {
  const { referral, shared, inviters, steps, currency, zone, now: at } = useLoaderData<typeof loader>();
  const outcome = useActionData<{ toast?: string; error?: string }>();
  const submit = useSubmit();
  const busy = useNavigation().state === 'submitting';
  useToast(outcome?.toast);
  const { state, reasons, standing } = referral;
  const total = referral.orderTotal === null ? '' : `, ${money(referral.orderTotal, currency, 'en')}`;
  const isWonBack = state === 'void' && reasons.at(-1) === 'charged-back';
  return (
    <Page
      title={`${referral.friendName ?? 'A friend'}, brought by ${referral.advocateName ?? 'a customer'}`}
      titleMetadata={<StandingBadge standing={standing} />}
      subtitle={`${referral.orderName ?? 'Order'}${total}, with ${referral.code}`}
      backAction={{ content: 'Friends’ orders', url: '/app/referrals/orders' }}
      secondaryActions={[
        { content: 'Whoever invited', url: `/app/customers/${referral.advocateId}` },
        ...(referral.friendId ? [{ content: 'The friend', url: `/app/customers/${referral.friendId}` }] : []),
      ]}
    >
      <BlockStack gap="400">
        <WhyCard standing={standing} reasons={reasons} advocateName={referral.advocateName} />
        <DecisionCard
          key={steps.length}
          wantsReason={isWonBack || (state === 'refused' && reasons.includes('merchant'))}
          mayRelease={state === 'held' || state === 'refused' || isWonBack}
          mayRefuse={state === 'held' || state === 'pending'}
          busy={busy}
          error={outcome?.error}
          onDecide={(intent, reason) => submit({ intent, reason }, { method: 'post' })}
        />
        <SeenCard shared={shared} inviters={inviters} />
        <HistoryCard steps={steps} zone={zone} now={at} />
      </BlockStack>
    </Page>
  );
}
