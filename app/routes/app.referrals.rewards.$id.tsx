import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node';
import { useFetcher, useLoaderData } from '@remix-run/react';
import { Page } from '@shopify/polaris';
import { authenticateAdmin } from '../adapters/shopify/authenticate.server.ts';
import { now } from '../clock.server.ts';
import { fieldsOf, idOrMissing, unknownIntent } from '../fields.server.ts';
import { retryReward, rewardStory, voidByStaff } from '../rewards/rewards.server.ts';
import { asItStands, givenText } from '../rewards/words.ts';
import { RewardStory } from '../ui/rewards/RewardStory.tsx';
import { capital } from '../ui/rewards/rewardWords.ts';
import { useToast } from '../ui/useToast.ts';
import { app } from '../wiring.server.ts';

const NONE = 'There is no such reward';

export async function loader({ request, params }: LoaderFunctionArgs) {
  const { shop } = await authenticateAdmin(request);
  const id = idOrMissing(params['id'], NONE);
  const story = await app().db.inShop(shop.id, (tx) => rewardStory(tx, shop.id, id));
  if (!story) throw new Response(NONE, { status: 404 });
  return { ...story, zone: shop.timeZone, now: now().toISOString() };
}

const LONGEST_NOTE = 300;

export async function action({ request, params }: ActionFunctionArgs) {
  const { shop, userId } = await authenticateAdmin(request);
  const id = idOrMissing(params['id'], NONE);
  const fields = await fieldsOf(request);
  return app().db.inShop(shop.id, async (tx) => {
    switch (fields.text('intent')) {
      case 'retry':
        return {
          toast: (await retryReward(tx, shop.id, id, now())) ? 'Trying it again' : 'It is dealt with already',
        };
      case 'void': {
        const note = fields.text('note').trim().slice(0, LONGEST_NOTE);
        if (!note) return { error: 'Say why, so that others understand it later' };
        const ask = { shopId: shop.id, id, note, by: String(userId) };
        return {
          toast: (await voidByStaff(tx, ask, now())) ? 'Taken back' : 'It was over already',
          saved: true,
        };
      }
      default:
        return unknownIntent();
    }
  });
}

export default function Reward() {
  const data = useLoaderData<typeof loader>();
  const fetcher = useFetcher<{ toast?: string; error?: string; saved?: boolean }>();
  useToast(fetcher.data?.toast);
  return (
    <Page
      title={capital(givenText(asItStands(data.reward, data.reward.amount), 'en'))}
      backAction={{ content: 'Rewards', url: '/app/referrals/rewards' }}
    >
      <RewardStory {...data} fetcher={fetcher} />
    </Page>
  );
}
