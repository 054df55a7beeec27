/** One programme: what it gives, to whom, when it counts, and what customers send. */
import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node';
import { useActionData, useLoaderData, useNavigation, useSubmit } from '@remix-run/react';
import { Banner, BlockStack, Page } from '@shopify/polaris';
import { useState } from 'react';
import { authenticateAdmin } from '../adapters/shopify/authenticate.server.ts';
import { now } from '../clock.server.ts';
import { fieldsOf, idOrMissing } from '../fields.server.ts';
import { standingOf } from '../referrals/audience.ts';
import { FUNNEL_DAYS } from '../referrals/days.ts';
import { ALPHABET } from '../referrals/codes.ts';
import { YOUR_CODE } from '../referrals/mails.ts';
import { programIn } from '../referrals/program-in.ts';
import {
  programFigures,
  programFunnels,
  programOf,
  saveProgram,
  todayOf,
} from '../referrals/referrals.server.ts';
import { foreignCurrencies } from '../referrals/terms.ts';
import { REWARD_ISSUED } from '../rewards/mails.ts';
import { FormSaveBar } from '../ui/FormSaveBar.tsx';
import { ProgramFunnelCard } from '../ui/referrals/ProgramFunnelCard.tsx';
import { ProgramEditor, type ProgramDraft } from '../ui/referrals/ProgramEditor.tsx';
import { GivingLeave } from '../ui/rewards/GivingLeave.tsx';
import { useFocusOnError } from '../ui/useFocusOnError.ts';
import { useSaved } from '../ui/useSaved.ts';
import { useToast } from '../ui/useToast.ts';
import { app } from '../wiring.server.ts';
import { sinceDays } from '../zones.ts';

const MISSING = 'There is no such programme';

export async function loader({ request, params }: LoaderFunctionArgs) {
  const { shop } = await authenticateAdmin(request);
  const id = idOrMissing(params['id'], MISSING);
  return app().db.inShop(shop.id, async (tx) => {
    const program = await programOf(tx, shop.id, id);
    if (!program) throw new Response(MISSING, { status: 404 });
    const since = sinceDays(FUNNEL_DAYS, shop.timeZone, now());
    const { name, status, terms, audience, shares, number } = program;
    const { name: shopName, domain, url, locale, currency } = shop;
    const isForeign = standingOf(program, todayOf(shop, now())) === 'currency';
    return {
      program: { name, status, terms, audience, shares },
      figures: (await programFigures(tx, shop.id)).get(id) ?? { codes: 0, waiting: 0, friends: 0 },
      funnel: (await programFunnels(tx, shop.id, since)).find((each) => each.programId === id)!,
      code: `ANA-7K4XR${ALPHABET[number]}`,
      foreign: isForeign ? foreignCurrencies(terms, currency) : [],
      shop: { name: shopName, domain, url, locale, currency, returnDays: shop.settings.returnWindowDays },
    };
  });
}

interface Outcome {
  toast?: string;
  saved?: boolean;
  errors?: Record<string, string>;
}

export async function action({ request, params }: ActionFunctionArgs): Promise<Outcome> {
  const { shop } = await authenticateAdmin(request);
  const id = idOrMissing(params['id'], MISSING);
  const read = programIn((await fieldsOf(request)).json('program'));
  if ('errors' in read) return { errors: read.errors };
  const saved = await app().db.inShop(shop.id, (tx) =>
    saveProgram(tx, { shopId: shop.id, id }, read.program, now()),
  );
  if (!saved) throw new Response(MISSING, { status: 404 });
  return { toast: 'Saved. New orders follow these terms', saved: true };
}

export default function Program() {
  const { program, figures, funnel, code, foreign, shop } = useLoaderData<typeof loader>();
  const outcome = useActionData<Outcome>();
  const submit = useSubmit();
  const busy = useNavigation().state === 'submitting';
  const [draft, setDraft] = useState<ProgramDraft | null>(null);
  useToast(outcome?.toast);
  useFocusOnError(outcome);
  useSaved(outcome, () => setDraft(null));
  const shown = draft ?? program;
  return (
    <Page
      title={program.name}
      backAction={{ content: 'Programmes', url: '/app/referrals/programs' }}
      secondaryActions={[
        { content: 'Mail with their code', url: `/app/mail/${YOUR_CODE}` },
        { content: 'Mail with their reward', url: `/app/mail/${REWARD_ISSUED}` },
      ]}
    >
      <FormSaveBar
        open={draft !== null}
        busy={busy}
        onSave={() => submit({ program: JSON.stringify(shown) }, { method: 'post' })}
        onDiscard={() => setDraft(null)}
      />
      <BlockStack gap="400">
        {foreign.length > 0 ? (
          <Banner
            tone="warning"
            title={`Its sums are in ${foreign.join(', ')}, and the store sells in ${shop.currency}`}
          >
            <p>
              Until you enter them anew nobody gets a code of it, and what Shopify takes off for those that
              were handed out stays as it was. What friends’ orders have earned so far is kept in its
              currency.
            </p>
          </Banner>
        ) : null}
        <ProgramFunnelCard funnel={funnel} />
        <GivingLeave
          kinds={[shown.terms.advocate, ...shown.terms.tiers.map(({ reward }) => reward)].map(
            ({ kind }) => kind,
          )}
        />
        <ProgramEditor
          draft={shown}
          saved={program}
          shop={shop}
          figures={figures}
          code={code}
          errors={(draft && outcome?.errors) || {}}
          onChange={setDraft}
        />
      </BlockStack>
    </Page>
  );
}
