import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node';
import { useActionData, useLoaderData, useNavigation, useSubmit } from '@remix-run/react';
import { Banner, BlockStack, Page } from '@shopify/polaris';
import { useState } from 'react';
import { authenticateAdmin } from '../adapters/shopify/authenticate.server.ts';
import { now } from '../clock.server.ts';
import { fieldsOf } from '../fields.server.ts';
import { loyaltySettings, saveLoyalty } from '../loyalty/loyalty.server.ts';
import { parseLoyalty, type LoyaltySettings } from '../loyalty/settings.ts';
import { FormSaveBar } from '../ui/FormSaveBar.tsx';
import { BenefitsCard } from '../ui/loyalty/BenefitsCard.tsx';
import { PointsCard } from '../ui/loyalty/PointsCard.tsx';
import { GivingLeave } from '../ui/rewards/GivingLeave.tsx';
import { useFocusOnError } from '../ui/useFocusOnError.ts';
import { useSaved } from '../ui/useSaved.ts';
import { useToast } from '../ui/useToast.ts';
import { app } from '../wiring.server.ts';

export async function loader({ request }: LoaderFunctionArgs) {
  const { shop } = await authenticateAdmin(request);
  const settings = await app().db.inShop(shop.id, (tx) => loyaltySettings(tx, shop));
  return { settings, currency: shop.currency };
}

export async function action({ request }: ActionFunctionArgs) {
  const { shop } = await authenticateAdmin(request);
  const parsed = parseLoyalty((await fieldsOf(request)).json('settings'));
  if ('problems' in parsed) {
    return { errors: Object.fromEntries(parsed.problems.map(({ path, message }) => [path, message])) };
  }
  await app().db.inShop(shop.id, (tx) => saveLoyalty(tx, shop, parsed.settings, now()));
  return { toast: 'Saved. Your customers have it in a moment', saved: true };
}

interface Outcome {
  toast?: string;
  saved?: boolean;
  /** What is wrong, by its place. */
  errors?: Record<string, string>;
}

const givesCredit = ({ benefits, points }: LoyaltySettings) =>
  benefits.birthday.from !== null || points.since !== null;

export default function Loyalty() {
  const { settings, currency } = useLoaderData<typeof loader>();
  const outcome = useActionData<Outcome>();
  const submit = useSubmit();
  const busy = useNavigation().state === 'submitting';
  const [typed, setTyped] = useState<LoyaltySettings | null>(null);
  useToast(outcome?.toast);
  useFocusOnError(outcome);
  useSaved(outcome, () => setTyped(null));
  const form = typed ?? settings;
  const errors = (typed && outcome?.errors) || {};
  const save = () => submit({ settings: JSON.stringify(form) }, { method: 'post' });
  return (
    <Page
      title="Loyalty"
      subtitle="What comes with being close."
      backAction={{ content: 'Gestures', url: '/app/gestures' }}
      secondaryActions={[{ content: 'How close they are', url: '/app/stages' }]}
    >
      <FormSaveBar open={typed !== null} busy={busy} onSave={save} onDiscard={() => setTyped(null)} />
      <BlockStack gap="400">
        {settings.currency && settings.currency !== currency ? (
          <Banner
            tone="warning"
            title={`Its sums are in ${settings.currency}, and the store sells in ${currency}`}
          >
            <p>
              Until you enter them anew and save, points cannot be turned into anything and nothing comes on
              birthdays. Points are earned and kept all the same.
            </p>
          </Banner>
        ) : null}
        <GivingLeave kinds={givesCredit(form) ? ['store-credit'] : []} />
        <BenefitsCard
          benefits={form.benefits}
          currency={currency}
          errors={errors}
          onChange={(benefits) => setTyped({ ...form, benefits })}
        />
        <PointsCard
          points={form.points}
          currency={currency}
          errors={errors}
          onChange={(points) => setTyped({ ...form, points })}
        />
      </BlockStack>
    </Page>
  );
}
