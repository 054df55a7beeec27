import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node';
import { useActionData, useLoaderData, useNavigation, useSearchParams, useSubmit } from '@remix-run/react';
import { BlockStack, Layout, Page, Select } from '@shopify/polaris';
import { useState } from 'react';
import { authenticateAdmin } from '../adapters/shopify/authenticate.server.ts';
import { now } from '../clock.server.ts';
import { fieldsOf, queryOf } from '../fields.server.ts';
import { templateTextSchema, type TemplateText } from '../messages/blocks.ts';
import { preview, saveTemplate, templatesOf } from '../messages/messages.server.ts';
import { rulesBrokenByText } from '../sequences/sequences.server.ts';
import { MAIL_LOCALES } from '../shops/settings.ts';
import { withoutNul } from '../limits.server.ts';
import { BlockEditor } from '../ui/BlockEditor.tsx';
import { FormSaveBar } from '../ui/FormSaveBar.tsx';
import { MailChecks } from '../ui/MailChecks.tsx';
import { MailPreview } from '../ui/MailPreview.tsx';
import { SendTest } from '../ui/SendTest.tsx';
import { useToast } from '../ui/useToast.ts';
import { app } from '../wiring.server.ts';

const MISSING = 'There is no such text';

export async function loader({ request, params }: LoaderFunctionArgs) {
  const { shop } = await authenticateAdmin(request);
  const key = withoutNul(params['template'] ?? '');
  const wanted = queryOf(request).get('locale') ?? shop.locale.split('-')[0] ?? 'en';
  return app().db.inShop(shop.id, async (tx) => {
    const templates = await templatesOf(tx, key);
    const locale = MAIL_LOCALES.find((name) => name === wanted) ?? 'en';
    const template = templates.find((entry) => entry.locale === locale) ?? templates[0];
    if (!template) throw new Response(MISSING, { status: 404 });
    const shown = await preview(tx, app().source, { key, locale, text: template.text }, now());
    if (!shown) throw new Response(MISSING, { status: 404 });
    return {
      key,
      locale,
      text: template.text,
      shown,
      email: shop.email ?? '',
      locales: templates.map((entry) => entry.locale),
    };
  });
}

export async function action({ request, params }: ActionFunctionArgs) {
  const { shop } = await authenticateAdmin(request);
  const fields = await fieldsOf(request);
  const text = templateTextSchema.safeParse(fields.json('text'));
  if (!text.success)
    return { problems: text.error.issues.map((issue) => `${issue.path.join(' ')}: ${issue.message}`) };
  const locale = MAIL_LOCALES.find((name) => name === fields.text('locale'));
  if (!locale) throw new Response('There is no such language', { status: 400 });
  const template = { key: withoutNul(params['template'] ?? ''), locale, text: text.data };
  return app().db.inShop(shop.id, async (tx) => {
    const known = await templatesOf(tx, template.key);
    if (known.length === 0) throw new Response(MISSING, { status: 404 });
    if (fields.text('intent') === 'preview')
      return { shown: await preview(tx, app().source, template, now()) };
    const broken = await rulesBrokenByText(tx, template);
    if (broken.length > 0) return { problems: [...new Set(broken.map((problem) => problem.detail))] };
    const saved = await saveTemplate(tx, template, now());
    if (saved.outcome === 'saved') return { toast: 'Saved. The next mail goes out with this text' };
    return { problems: saved.checks.filter((check) => check.level === 'error').map((check) => check.detail) };
  });
}

const LANGUAGES = [
  { label: 'English', value: 'en' },
  { label: 'Deutsch', value: 'de' },
  { label: 'Français', value: 'fr' },
  { label: 'Español', value: 'es' },
];

export default function MailEditor() {
  const { key, locale, text: saved, shown, email } = useLoaderData<typeof loader>();
  const outcome = useActionData<{ toast?: string; problems?: string[] }>();
  const [, setParams] = useSearchParams();
  const submit = useSubmit();
  const busy = useNavigation().state === 'submitting';
  const [edited, setEdited] = useState<{ of: string; text: TemplateText } | null>(null);
  useToast(outcome?.toast);
  // What was edited in one language is not shown as the text of another.
  const draft = edited?.of === locale ? edited.text : null;
  const text = draft ?? (saved as TemplateText);
  const save = () => {
    submit({ intent: 'save', locale, text: JSON.stringify(text) }, { method: 'post' });
    setEdited(null);
  };
  return (
    <Page title={shown.subject} backAction={{ content: 'Sequence', url: '..' }} fullWidth>
      <FormSaveBar open={draft !== null} busy={busy} onSave={save} onDiscard={() => setEdited(null)} />
      <Layout>
        <Layout.Section variant="oneHalf">
          <BlockStack gap="400">
            <Select
              label="Language"
              options={LANGUAGES}
              value={locale}
              disabled={draft !== null}
              helpText={draft ? 'Save or discard before you change the language.' : undefined}
              onChange={(value) => setParams({ locale: value }, { preventScrollReset: true })}
            />
            <MailChecks problems={outcome?.problems ?? []} checks={shown.checks} />
            <BlockEditor text={text} onChange={(changed) => setEdited({ of: locale, text: changed })} />
          </BlockStack>
        </Layout.Section>
        <Layout.Section variant="oneHalf">
          <BlockStack gap="400">
            <MailPreview saved={shown} text={text} locale={locale} />
            <SendTest template={key} locale={locale} text={text} email={email} />
          </BlockStack>
        </Layout.Section>
      </Layout>
    </Page>
  );
}
