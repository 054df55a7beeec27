import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node';
import { useActionData, useLoaderData, useNavigation, useSubmit } from '@remix-run/react';
import { BlockStack, Page } from '@shopify/polaris';
import { useState } from 'react';
import { authenticateAdmin } from '../adapters/shopify/authenticate.server.ts';
import { now } from '../clock.server.ts';
import { fieldsOf } from '../fields.server.ts';
import { AnswersSection, ModelSection, TrySection, WordsSection } from '../ui/BrandVoiceForm.tsx';
import { FormSaveBar } from '../ui/FormSaveBar.tsx';
import { useFocusOnError } from '../ui/useFocusOnError.ts';
import { useSaved } from '../ui/useSaved.ts';
import { useToast } from '../ui/useToast.ts';
import { brandVoiceIn, type BrandVoice } from '../wording/brand-voice.ts';
import { brandVoiceOf, saveBrandVoice } from '../wording/wording.server.ts';
import { app } from '../wiring.server.ts';

export async function loader({ request }: LoaderFunctionArgs) {
  const { shop } = await authenticateAdmin(request);
  const voice = await app().db.inShop(shop.id, (tx) => brandVoiceOf(tx, shop.id));
  return { voice, secret: voice.model.url ? app().webhookSecret(shop.id) : null };
}

export async function action({ request }: ActionFunctionArgs) {
  const { shop } = await authenticateAdmin(request);
  const read = brandVoiceIn((await fieldsOf(request)).json('voice'));
  if ('errors' in read) return { errors: read.errors };
  await app().db.inShop(shop.id, (tx) => saveBrandVoice(tx, shop.id, read.voice, now()));
  return { toast: 'Saved. Answers are looked at by it from now on', saved: true };
}

export default function BrandVoicePage() {
  const { voice, secret } = useLoaderData<typeof loader>();
  const outcome = useActionData<{ toast?: string; saved?: boolean; errors?: Record<string, string> }>();
  const submit = useSubmit();
  const busy = useNavigation().state === 'submitting';
  const [draft, setDraft] = useState<BrandVoice | null>(null);
  useToast(outcome?.toast);
  useFocusOnError(outcome);
  useSaved(outcome, () => setDraft(null));
  const shown = draft ?? voice;
  const errors = (draft && outcome?.errors) || {};
  const change = (part: Partial<BrandVoice>) => setDraft({ ...shown, ...part });
  const save = () => submit({ voice: JSON.stringify(shown) }, { method: 'post' });
  return (
    <Page
      title="How you speak"
      subtitle="Whoever answers a customer sees this while they write"
      backAction={{ content: 'Settings', url: '/app/settings?section=brand' }}
    >
      <FormSaveBar open={draft !== null} busy={busy} onSave={save} onDiscard={() => setDraft(null)} />
      <BlockStack gap="400">
        <WordsSection voice={shown} errors={errors} change={change} />
        <AnswersSection voice={shown} errors={errors} change={change} />
        <TrySection isSaved={draft === null} />
        <ModelSection voice={shown} errors={errors} change={change} secret={secret} />
      </BlockStack>
    </Page>
  );
}
