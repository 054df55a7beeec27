import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node';
import { useActionData, useLoaderData, useNavigation, useSearchParams, useSubmit } from '@remix-run/react';
import { BlockStack, Page } from '@shopify/polaris';
import { useCallback, useEffect, useState } from 'react';
import { authenticateAdmin } from '../adapters/shopify/authenticate.server.ts';
import { now } from '../clock.server.ts';
import { socialAccounts } from '../correspondence/correspondence.server.ts';
import { fieldsOf } from '../fields.server.ts';
import { deadLetters, reconciliationStatus, redrive } from '../orders/orders.server.ts';
import { shopSettingsSchema, type ShopSettings } from '../shops/settings.ts';
import { apiTokens, dataRequests, saveSettings, syncProgress } from '../shops/shops.server.ts';
import { ChannelsSection } from '../ui/ChannelsSection.tsx';
import { ConnectionsSection } from '../ui/ConnectionsSection.tsx';
import { DevelopersSection } from '../ui/DevelopersSection.tsx';
import { DataSection } from '../ui/DataSection.tsx';
import { FormSaveBar } from '../ui/FormSaveBar.tsx';
import { RhythmSection } from '../ui/RhythmSection.tsx';
import { settingInWords } from '../ui/settingWords.ts';
import {
  BrandSection,
  LanguagesSection,
  ListeningSection,
  ReturnsSection,
  SenderSection,
} from '../ui/SettingsSections.tsx';
import { useFocusOnError } from '../ui/useFocusOnError.ts';
import { useSaved } from '../ui/useSaved.ts';
import { useToast } from '../ui/useToast.ts';
import { app } from '../wiring.server.ts';

export async function loader({ request }: LoaderFunctionArgs) {
  const { shop } = await authenticateAdmin(request);
  return app().db.inShop(shop.id, async (tx) => ({
    settings: shop.settings,
    shop: { name: shop.name, email: shop.email ?? '', timeZone: shop.timeZone, domain: shop.domain },
    mailFrom: app().config.MAIL_FROM,
    webhookSecret: app().webhookSecret(shop.id),
    sync: await syncProgress(tx, shop.id),
    intake: await reconciliationStatus(tx, shop.id, now()),
    letters: await deadLetters(tx, shop.id, 20),
    requests: await dataRequests(tx),
    accounts: await socialAccounts(tx),
    tokens: await apiTokens(tx),
    now: now().toISOString(),
  }));
}

interface Outcome {
  toast?: string;
  saved?: boolean;
  /** By path of the field: "sender.replyTo" */
  errors?: Record<string, string>;
}

export async function action({ request }: ActionFunctionArgs): Promise<Outcome> {
  const { shop } = await authenticateAdmin(request);
  const fields = await fieldsOf(request);
  if (fields.text('intent') === 'redrive') {
    const count = await app().db.inShop(shop.id, (tx) => redrive(tx, shop.id, fields.texts('id'), now()));
    return { toast: count === 1 ? 'Trying it again' : `Trying ${count} of them again` };
  }
  const parsed = shopSettingsSchema.safeParse(fields.json('settings'));
  if (!parsed.success) {
    return {
      errors: Object.fromEntries(
        parsed.error.issues.map(({ path }) => [path.join('.'), settingInWords(path.join('.'))]),
      ),
    };
  }
  await app().db.inShop(shop.id, (tx) => saveSettings(tx, parsed.data, now()));
  return { toast: 'Saved', saved: true };
}

/** The same one at each drawing: a new one would draw every section. */
const NO_ERRORS: Record<string, string> = {};

export default function Settings() {
  const {
    settings,
    shop,
    mailFrom,
    webhookSecret,
    sync,
    intake,
    letters,
    requests,
    tokens,
    accounts,
    now: at,
  } = useLoaderData<typeof loader>();
  const outcome = useActionData<typeof action>();
  const submit = useSubmit();
  const busy = useNavigation().state === 'submitting';
  const [draft, setDraft] = useState<Partial<ShopSettings> | null>(null);
  const change = useCallback(
    (changed: Partial<ShopSettings>) => setDraft((before) => ({ ...before, ...changed })),
    [],
  );
  useToast(outcome?.toast);
  const [params] = useSearchParams();
  const section = params.get('section');
  // The setup and the notices of Home lead to one part.
  useEffect(() => {
    if (section) document.getElementById(section)?.scrollIntoView();
  }, [section]);
  useFocusOnError(outcome);
  useSaved(outcome, () => setDraft(null));
  const shown = { ...settings, ...draft };
  const errors = (draft && outcome?.errors) || NO_ERRORS;
  return (
    <Page title="Settings">
      <FormSaveBar
        open={draft !== null}
        busy={busy}
        onSave={() => submit({ intent: 'save', settings: JSON.stringify(shown) }, { method: 'post' })}
        onDiscard={() => setDraft(null)}
      />
      <BlockStack gap={{ xs: '800', md: '400' }}>
        <SenderSection
          sender={shown.sender}
          change={change}
          errors={errors}
          shopName={shop.name}
          shopEmail={shop.email}
          mailFrom={mailFrom}
        />
        <BrandSection brand={shown.brand} change={change} errors={errors} />
        <RhythmSection rhythm={shown.rhythm} change={change} errors={errors} />
        <LanguagesSection languages={shown.languages} change={change} />
        <ReturnsSection
          returnWindowDays={shown.returnWindowDays}
          assumedTransitDays={shown.assumedTransitDays}
          change={change}
          errors={errors}
        />
        <ListeningSection tracking={shown.tracking} askHeard={shown.askHeard} change={change} />
        <ChannelsSection accounts={accounts} zone={shop.timeZone} now={at} />
        <ConnectionsSection secret={webhookSecret} />
        <DevelopersSection tokens={tokens} zone={shop.timeZone} now={at} />
        <DataSection
          retentionDays={shown.retentionDays}
          change={change}
          errors={errors}
          sync={sync}
          intake={intake}
          letters={letters}
          requests={requests}
          zone={shop.timeZone}
          now={at}
        />
      </BlockStack>
    </Page>
  );
}
