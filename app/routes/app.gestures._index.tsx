import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node';
import { useActionData, useLoaderData, useNavigation, useSubmit } from '@remix-run/react';
import { BlockStack, Page } from '@shopify/polaris';
import { useState } from 'react';
import { authenticateAdmin } from '../adapters/shopify/authenticate.server.ts';
import { now } from '../clock.server.ts';
import { fieldsOf } from '../fields.server.ts';
import {
  fillPurse,
  gestureEffect,
  gestureSettings,
  gestureTaskCount,
  listGestures,
  monthOf,
  pursesOf,
  saveGestureSettings,
} from '../gestures/gestures.server.ts';
import { parseGestureSettings, parseMonthly } from '../gestures/settings.ts';
import { FormSaveBar } from '../ui/FormSaveBar.tsx';
import { EffectCard } from '../ui/gestures/EffectCard.tsx';
import { GestureTable } from '../ui/gestures/GestureTable.tsx';
import { gestureView } from '../ui/gestures/gestureView.ts';
import { OccasionsCard } from '../ui/gestures/OccasionsCard.tsx';
import { useTrial, type TypedGestures } from '../ui/gestures/useTrial.ts';
import { PurseCard, type PurseView } from '../ui/gestures/PurseCard.tsx';
import { GivingLeave } from '../ui/rewards/GivingLeave.tsx';
import { useFocusOnError } from '../ui/useFocusOnError.ts';
import { useSaved } from '../ui/useSaved.ts';
import { useToast } from '../ui/useToast.ts';
import { app } from '../wiring.server.ts';

export async function loader({ request }: LoaderFunctionArgs) {
  const { shop } = await authenticateAdmin(request);
  return app().db.inShop(shop.id, async (tx) => {
    const purses = (await pursesOf(tx, monthOf(now(), shop.timeZone))).map(
      ({ currency, ...minor }): PurseView => ({
        currency,
        monthly: Number(minor.monthly),
        budget: Number(minor.budget),
        spent: Number(minor.spent),
      }),
    );
    const empty = { currency: shop.currency, monthly: 0, budget: 0, spent: 0 };
    const settings = await gestureSettings(tx, shop);
    return {
      settings: { ...settings, currency: shop.currency },
      purse: purses.find(({ currency }) => currency === shop.currency) ?? empty,
      others: purses.filter(({ currency }) => currency !== shop.currency),
      tasks: await gestureTaskCount(tx),
      effect: await gestureEffect(tx, now()),
      gestures: (await listGestures(tx, shop.id, { limit: 5 })).gestures.map(gestureView),
      zone: shop.timeZone,
      now: now().toISOString(),
    };
  });
}

export async function action({ request }: ActionFunctionArgs) {
  const { shop } = await authenticateAdmin(request);
  const fields = await fieldsOf(request);
  const parsed = parseGestureSettings(fields.json('settings'));
  const monthly = parseMonthly(fields.json('monthly'));
  const problems = [
    ...('problems' in parsed ? parsed.problems : []),
    ...('problems' in monthly ? monthly.problems : []),
  ];
  if ('problems' in parsed || 'problems' in monthly) {
    return { errors: Object.fromEntries(problems.map(({ path, message }) => [path, message])) };
  }
  const settings = { ...parsed.settings, currency: shop.currency };
  const month = monthOf(now(), shop.timeZone);
  await app().db.inShop(shop.id, async (tx) => {
    await saveGestureSettings(tx, shop, settings, now());
    await fillPurse(tx, { currency: shop.currency, monthly: BigInt(monthly.monthly), month }, now());
  });
  return { toast: 'Saved', saved: true };
}

interface Outcome {
  toast?: string;
  saved?: boolean;
  /** What is wrong, by its place. */
  errors?: Record<string, string>;
}

export default function Gestures() {
  const { settings, purse, others, tasks, effect, gestures, zone, now: at } = useLoaderData<typeof loader>();
  const outcome = useActionData<Outcome>();
  const submit = useSubmit();
  const busy = useNavigation().state === 'submitting';
  const [typed, setTyped] = useState<TypedGestures | null>(null);
  useToast(outcome?.toast);
  useFocusOnError(outcome);
  useSaved(outcome, () => setTyped(null));
  const form = typed ?? { settings, monthly: purse.monthly };
  const trial = useTrial(form);
  const errors = (typed && outcome?.errors) || {};
  const save = () =>
    submit(
      { settings: JSON.stringify(form.settings), monthly: JSON.stringify(form.monthly) },
      { method: 'post' },
    );
  return (
    <Page
      title="Gestures"
      subtitle="Something given without being asked."
      secondaryActions={[
        { content: tasks === 0 ? 'To do' : `To do (${tasks})`, url: '/app/gestures/tasks' },
        { content: 'Over the top', url: '/app/gestures/surprise' },
        { content: 'Loyalty', url: '/app/loyalty' },
      ]}
    >
      <FormSaveBar open={typed !== null} busy={busy} onSave={save} onDiscard={() => setTyped(null)} />
      <BlockStack gap="400">
        <GivingLeave
          kinds={
            form.settings.occasions.some(({ since, present }) => since !== null && present.kind === 'credit')
              ? ['store-credit']
              : []
          }
        />
        <PurseCard
          purse={purse}
          others={others}
          monthly={form.monthly}
          error={errors['monthly']}
          onChange={(monthly) => setTyped({ ...form, monthly })}
        />
        <OccasionsCard
          settings={form.settings}
          errors={errors}
          trial={trial}
          onChange={(changed) => setTyped({ ...form, settings: changed })}
        />
        <EffectCard effect={effect} currency={form.settings.currency} />
        <GestureTable
          title="Given lately"
          allUrl="/app/gestures/list"
          gestures={gestures}
          zone={zone}
          now={at}
          empty="Nothing has been given yet. Fill the purse and switch an occasion on, or give something on a customer’s page."
        />
      </BlockStack>
    </Page>
  );
}
