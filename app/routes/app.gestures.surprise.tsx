import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node';
import { useFetcher, useLoaderData } from '@remix-run/react';
import { BlockStack, Card, EmptyState, Page, Text } from '@shopify/polaris';
import { useState } from 'react';
import { authenticateAdmin } from '../adapters/shopify/authenticate.server.ts';
import { now } from '../clock.server.ts';
import { fieldsOf } from '../fields.server.ts';
import { surpriseDeed, type GestureAnswer } from '../gestureDeeds.server.ts';
import {
  gestureTasks,
  monthOf,
  pursesOf,
  storiesOfCustomers,
  surpriseCandidates,
} from '../gestures/gestures.server.ts';
import { CandidateCard } from '../ui/gestures/CandidateCard.tsx';
import { gestureView } from '../ui/gestures/gestureView.ts';
import { PlanForm } from '../ui/gestures/PlanForm.tsx';
import { storyView, type StoryView } from '../ui/gestures/storyWords.ts';
import { SurpriseCard } from '../ui/gestures/SurpriseCard.tsx';
import { money } from '../ui/format.ts';
import { useSaved } from '../ui/useSaved.ts';
import { useToast } from '../ui/useToast.ts';
import { app } from '../wiring.server.ts';

export async function loader({ request }: LoaderFunctionArgs) {
  const { shop } = await authenticateAdmin(request);
  const zone = shop.timeZone;
  return app().db.inShop(shop.id, async (tx) => {
    const [open] = await gestureTasks(tx, { kind: 'surprise', limit: 1 });
    const purse = (await pursesOf(tx, monthOf(now(), zone))).find(
      ({ currency }) => currency === shop.currency,
    );
    const story = open && (await storiesOfCustomers(tx, shop.id, [open.customerId])).get(open.customerId);
    const candidates = open ? [] : await surpriseCandidates(tx, shop, now());
    return {
      surprise: open ? { ...gestureView(open), story: story ? storyView(story, { zone }) : null } : null,
      candidates: candidates.map((one) => storyView(one.story, { zone, reasons: one.reasons })),
      left: purse ? Number(purse.budget - purse.spent) : 0,
      currency: shop.currency,
    };
  });
}

export async function action({ request }: ActionFunctionArgs) {
  const { shop, userId: staff } = await authenticateAdmin(request);
  const fields = await fieldsOf(request);
  return app().db.inShop(shop.id, (tx) => surpriseDeed(tx, { shop, staff, fields }, now()));
}

export default function Surprise() {
  const { surprise, candidates, left, currency } = useLoaderData<typeof loader>();
  const fetcher = useFetcher<GestureAnswer>();
  const [chosen, setChosen] = useState<StoryView | null>(null);
  useToast(fetcher.data?.toast);
  useSaved(fetcher.data, () => setChosen(null));
  return (
    <Page
      title="Over the top"
      subtitle="One big surprise, for somebody whose story asks for it."
      backAction={{ content: 'Gestures', url: '/app/gestures' }}
    >
      <BlockStack gap="400">
        {surprise ? (
          <SurpriseCard key={surprise.id} surprise={surprise} />
        ) : chosen ? (
          <PlanForm
            key={chosen.customerId}
            name={chosen.name}
            currency={currency}
            busy={fetcher.state !== 'idle'}
            refused={fetcher.data?.refused}
            errors={fetcher.data?.errors ?? {}}
            onPlan={(plan) =>
              fetcher.submit(
                { intent: 'plan', customer: chosen.customerId, plan: JSON.stringify(plan) },
                { method: 'post' },
              )
            }
            onCancel={() => setChosen(null)}
          />
        ) : (
          <Candidates candidates={candidates} left={left} currency={currency} onChoose={setChosen} />
        )}
      </BlockStack>
    </Page>
  );
}

interface CandidatesProps {
  candidates: readonly StoryView[];
  left: number;
  currency: string;
  onChoose: (story: StoryView) => void;
}

function Candidates({ candidates, left, currency, onChoose }: CandidatesProps) {
  if (candidates.length === 0) {
    return (
      <Card>
        <EmptyState heading="Nobody’s story asks for it yet" image="">
          <p>
            Who brought friends, had a trouble that you put right, or has been with you for years stands here,
            strongest story first.
          </p>
        </EmptyState>
      </Card>
    );
  }
  return (
    <>
      <Text as="p">
        {left > 0
          ? `${money(left, currency, 'en')} is left in this month’s purse.`
          : 'Nothing is left in this month’s purse; a plan that costs nothing is possible all the same.'}
      </Text>
      {candidates.map((story, i) => (
        <CandidateCard key={story.customerId} story={story} place={i + 1} onChoose={() => onChoose(story)} />
      ))}
    </>
  );
}
