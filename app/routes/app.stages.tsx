import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node';
import { useActionData, useLoaderData, useNavigation, useSubmit } from '@remix-run/react';
import { BlockStack, Card, Checkbox, Page, Text } from '@shopify/polaris';
import { useState } from 'react';
import { authenticateAdmin } from '../adapters/shopify/authenticate.server.ts';
import { now } from '../clock.server.ts';
import { displayName, type CustomerRef } from '../customers/customer.ts';
import {
  customersByIds,
  dropRulesDraft,
  mirrorEverybody,
  rulesVersions,
  saveRulesDraft,
  switchRules,
  tryRules,
  type RulesVersion,
} from '../customers/customers.server.ts';
import { parseStageRules, type StageRules } from '../customers/stage-rules.ts';
import type { ShopTx } from '../db.server.ts';
import { fieldsOf, unknownIntent } from '../fields.server.ts';
import { stagesOf } from '../insights/insights.server.ts';
import { saveSettings } from '../shops/shops.server.ts';
import { FormSaveBar } from '../ui/FormSaveBar.tsx';
import { StageBar } from '../ui/StageBar.tsx';
import { stageReasonInWords, wayInWords } from '../ui/stageWords.ts';
import { RulesCard } from '../ui/stages/RulesCard.tsx';
import { DraftCard, SwitchBanner, type RulesRunView } from '../ui/stages/RulesRun.tsx';
import { StageMoves, StageMovesTable } from '../ui/stages/StageMoves.tsx';
import { useCsv } from '../ui/useCsv.ts';
import { useFocusOnError } from '../ui/useFocusOnError.ts';
import { useSaved } from '../ui/useSaved.ts';
import { useToast } from '../ui/useToast.ts';
import { app } from '../wiring.server.ts';

export async function loader({ request }: LoaderFunctionArgs) {
  const { shop } = await authenticateAdmin(request);
  return app().db.inShop(shop.id, async (tx) => {
    const versions = await rulesVersions(tx);
    const draft = versions.find(({ state }) => state === 'draft');
    const live = versions.find(({ state }) => state === 'live')!;
    return {
      ...(await stagesOf(tx, shop, now())),
      draft: draft ? await runView(tx, draft) : null,
      live: await runView(tx, live),
      rules: (draft ?? live).rules,
      inForce: live.rules,
      currency: shop.currency,
      tags: shop.settings.stageTags,
    };
  });
}

/** A run with the names of its examples. */
async function runView(tx: ShopTx, { version, state, run }: RulesVersion): Promise<RulesRunView> {
  const examples = run?.outcome?.examples ?? [];
  const refs = examples.map(({ customerId }): CustomerRef => ({ shopId: tx.shopId, id: customerId }));
  const known = await customersByIds(tx, refs);
  return {
    version,
    state,
    run: run && {
      done: run.done,
      total: run.total,
      isOver: run.isOver,
      moves: run.outcome?.moves ?? [],
      examples: examples.map(({ customerId, from, to, reason }) => {
        const customer = known.get(customerId);
        const name = (customer && displayName(customer)) ?? 'A customer without a name';
        return { customerId, name, from, to, why: stageReasonInWords(reason) };
      }),
    },
  };
}

export async function action({ request }: ActionFunctionArgs) {
  const { shop, userId } = await authenticateAdmin(request);
  const fields = await fieldsOf(request);
  const { db, queue } = app();
  const inShop = <T,>(work: (tx: ShopTx) => Promise<T>) => db.inShop(shop.id, work);
  const version = versionIn(fields.text('version'));
  switch (fields.text('intent')) {
    case 'save': {
      const parsed = parseStageRules(fields.json('rules'));
      if ('problems' in parsed) {
        return { errors: Object.fromEntries(parsed.problems.map(({ path, message }) => [path, message])) };
      }
      await inShop((tx) => saveRulesDraft(tx, parsed.rules, String(userId), now()));
      return { toast: 'Kept. They are in force once you switch', saved: true };
    }
    case 'drop':
      await inShop(dropRulesDraft);
      return { toast: 'Dropped' };
    case 'try':
      return (await inShop((tx) => tryRules(tx, queue, version))) ? {} : { toast: GONE };
    case 'switch': {
      const announce = fields.text('announce') === 'yes';
      const isSwitched = await inShop((tx) => switchRules(tx, queue, { version, announce }, now()));
      return { toast: isSwitched ? 'Switched' : GONE };
    }
    case 'tags': {
      const stageTags = fields.text('on') === 'yes';
      await inShop(async (tx) => {
        await saveSettings(tx, { stageTags }, now());
        if (stageTags) await mirrorEverybody(tx, now());
      });
      return { toast: stageTags ? 'Your customers get their tags in a moment' : 'No more tags are set' };
    }
    default:
      return unknownIntent();
  }
}

/** A version as it is posted; 0, which nobody can try or switch to, where it is none. */
const versionIn = (text: string) => (/^\d{1,9}$/.test(text) ? Number(text) : 0);

const GONE = 'These rules are gone or in force already';

interface Outcome {
  toast?: string;
  saved?: boolean;
  /** What is wrong with the rules, by its place. */
  errors?: Record<string, string>;
}

export default function Stages() {
  const { counts, months, draft, live, rules, inForce, currency, tags } = useLoaderData<typeof loader>();
  const outcome = useActionData<Outcome>();
  const submit = useSubmit();
  const busy = useNavigation().state === 'submitting';
  const csv = useCsv('stages');
  const [typed, setTyped] = useState<StageRules | null>(null);
  useToast(outcome?.toast);
  useFocusOnError(outcome);
  useSaved(outcome, () => setTyped(null));
  const save = () => submit({ intent: 'save', rules: JSON.stringify(typed) }, { method: 'post' });
  return (
    <Page
      title="How close they are"
      backAction={{ content: 'Customers', url: '/app/customers' }}
      secondaryActions={[csv]}
    >
      <FormSaveBar open={typed !== null} busy={busy} onSave={save} onDiscard={() => setTyped(null)} />
      <BlockStack gap="400">
        <SwitchBanner live={live} />
        <Card>
          <BlockStack gap="400">
            <Text as="h2" variant="headingMd">
              Today
            </Text>
            <StageBar counts={counts} locale="en" />
            <Text as="p" tone="subdued">{`A friend ${inForce.friend.map(wayInWords).join('; or ')}.`}</Text>
            <Text as="p" tone="subdued">{`Family ${inForce.family.map(wayInWords).join('; or ')}.`}</Text>
          </BlockStack>
        </Card>
        <Card>
          <BlockStack gap="400">
            <BlockStack gap="100">
              <Text as="h2" variant="headingMd">
                How they moved
              </Text>
              <Text as="p" tone="subdued">
                The last twelve months: upwards who came closer, downwards who went away.
              </Text>
            </BlockStack>
            <StageMoves months={months} />
            <StageMovesTable months={months} />
          </BlockStack>
        </Card>
        {draft ? <DraftCard draft={draft} busy={busy} unsaved={typed !== null} /> : null}
        <RulesCard
          rules={typed ?? rules}
          currency={currency}
          errors={(typed && outcome?.errors) || {}}
          onChange={setTyped}
        />
        <Card>
          <Checkbox
            label="Customers carry their stage as a tag at Shopify"
            helpText="“Everafter: friend”, for filters and for your other apps. The metafield “Everafter stage” is kept in any case, for segments and Flow."
            checked={tags}
            disabled={busy}
            onChange={(on) => submit({ intent: 'tags', on: on ? 'yes' : 'no' }, { method: 'post' })}
          />
        </Card>
      </BlockStack>
    </Page>
  );
}
