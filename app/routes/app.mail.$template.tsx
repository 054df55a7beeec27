import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node';
import { useActionData, useLoaderData, useNavigation, useSearchParams, useSubmit } from '@remix-run/react';
import { Banner, Box, Page, Select, Text } from '@shopify/polaris';
import { useState } from 'react';
import { authenticateAdmin } from '../adapters/shopify/authenticate.server.ts';
import { now } from '../clock.server.ts';
import { exampleCustomer } from '../customers/customers.server.ts';
import { fieldsOf, queryOf } from '../fields.server.ts';
import type { TemplateText } from '../messages/blocks.ts';
import { preview, saveTemplate, templatesOf } from '../messages/messages.server.ts';
import { QUESTION_ANSWERED } from '../reviews/questions/question-mail.ts';
import { EVENT_PICTURES, STORY_RIGHTS } from '../stories/mails.ts';
import { rulesBrokenByText, senderOfText } from '../sequences/sequences.server.ts';
import { MAIL_LOCALES } from '../shops/settings.ts';
import { closestTag } from '../shops/translations.ts';
import { recordAccess } from '../shops/shops.server.ts';
import { withoutNul } from '../limits.server.ts';
import { FormSaveBar } from '../ui/FormSaveBar.tsx';
import { checkInWords } from '../ui/checkWords.ts';
import { Sentences } from '../ui/MailChecks.tsx';
import { MailWorkbench } from '../ui/MailWorkbench.tsx';
import { useSaved } from '../ui/useSaved.ts';
import { useToast } from '../ui/useToast.ts';
import { app } from '../wiring.server.ts';
import { classOf, mustBeThere, writtenMail } from '../writtenMail.server.ts';

const MISSING = 'There is no such text';
/** Where texts that no sequence sends are at home. */
const HOMES: Readonly<Record<string, { content: string; url: string }>> = {
  [QUESTION_ANSWERED]: { content: 'Questions', url: '/app/questions' },
  [STORY_RIGHTS]: { content: 'Stories', url: '/app/stories' },
  [EVENT_PICTURES]: { content: 'Events', url: '/app/stories/events' },
};

export { afterDeeds as shouldRevalidate } from '../ui/revalidation.ts';

export async function loader({ request, params }: LoaderFunctionArgs) {
  const { shop, userId } = await authenticateAdmin(request);
  const key = withoutNul(params['template'] ?? '');
  const query = queryOf(request);
  // Not `locale`: under that name Shopify says which language the staff read.
  const wanted = query.get('language') ?? shop.locale.split('-')[0] ?? 'en';
  return app().db.inShop(shop.id, async (tx) => {
    const templates = await templatesOf(tx, key);
    const locale = MAIL_LOCALES.find((name) => name === wanted) ?? 'en';
    const written = templates.map((entry) => entry.locale);
    // As at hand-over: who reads another language gets the shop's.
    const shownIn = closestTag(written, locale, shop.locale);
    const template = templates.find((entry) => entry.locale === shownIn) ?? templates[0];
    if (!template) throw new Response(MISSING, { status: 404 });
    const sender = await senderOfText(tx, key);
    const kind = sender?.class ?? classOf(key);
    const person = await exampleCustomer(tx, shop.id, query.get('customer'));
    const example = person ? { customerId: person.id } : {};
    const input = { key, locale, text: template.text, class: kind, ...example };
    if (person) {
      const access = { actor: userId, action: 'customer.shown-in-mail', customerId: person.id };
      await recordAccess(tx, access, now());
    }
    return {
      key,
      kind,
      locale,
      written,
      /** Whose text is shown where there is none. */
      borrowed: template.locale,
      text: template.text,
      shown: await preview(tx, app().source, input, now()),
      person,
      back: sender
        ? { content: sender.name, url: `/app/sequences/${sender.id}` }
        : (HOMES[key] ?? { content: 'Referrals', url: '/app/referrals' }),
      email: shop.email ?? '',
    };
  });
}

export async function action({ request, params }: ActionFunctionArgs) {
  const { shop } = await authenticateAdmin(request);
  const template = writtenMail(await fieldsOf(request), withoutNul(params['template'] ?? ''));
  if ('problems' in template) return template;
  return app().db.inShop(shop.id, async (tx) => {
    await mustBeThere(tx, template.key);
    const broken = await rulesBrokenByText(tx, template);
    if (broken.length > 0) return { problems: [...new Set(broken.map((problem) => problem.detail))] };
    const saved = await saveTemplate(tx, template, now());
    if (saved.outcome === 'saved')
      return { toast: 'Saved. The next mail goes out with this text', saved: true };
    return { problems: saved.checks.filter((check) => check.level === 'error').map(checkInWords) };
  });
}

const LANGUAGES = [
  { label: 'English', value: 'en' },
  { label: 'Deutsch', value: 'de' },
  { label: 'Français', value: 'fr' },
  { label: 'Español', value: 'es' },
];
const languagesOf = (written: readonly string[]) =>
  LANGUAGES.map(({ label, value }) => ({
    label: written.includes(value) ? label : `${label} (not written yet)`,
    value,
  }));
const languageNames = new Intl.DisplayNames('en', { type: 'language' });
const nameOf = (locale: string) => languageNames.of(locale) ?? locale;

export default function MailEditor() {
  const data = useLoaderData<typeof loader>();
  const { key, kind, locale, written, borrowed, text: saved, shown, person, back, email } = data;
  const outcome = useActionData<{ toast?: string; saved?: boolean; problems?: string[] }>();
  const [params, setParams] = useSearchParams();
  const submit = useSubmit();
  const busy = useNavigation().state === 'submitting';
  const [edited, setEdited] = useState<{ of: string; text: TemplateText } | null>(null);
  useToast(outcome?.toast);
  // What was edited in one language is not shown as the text of another.
  const draft = edited?.of === locale ? edited.text : null;
  const text = draft ?? (saved as TemplateText);
  useSaved(outcome, () => setEdited(null));
  const choose = (name: 'language' | 'customer', value: string) =>
    setParams((before) => ({ ...Object.fromEntries(before), [name]: value }), { preventScrollReset: true });
  const save = () => {
    // Whoever orders meanwhile does not take the place of whom it is shown for.
    const whose = new URLSearchParams(params);
    if (person) whose.set('customer', person.id);
    const fields = { intent: 'save', locale, text: JSON.stringify(text) };
    submit(fields, { method: 'post', action: `?${whose}`, replace: true, preventScrollReset: true });
  };
  return (
    <Page title={shown.subject} backAction={back} fullWidth>
      <FormSaveBar open={draft !== null} busy={busy} onSave={save} onDiscard={() => setEdited(null)} />
      <MailWorkbench
        key={`${locale} ${person?.id}`}
        template={key}
        kind={kind}
        locale={locale}
        saved={{ text: saved as TemplateText, shown }}
        text={text}
        onChange={(changed) => setEdited({ of: locale, text: changed })}
        person={person}
        onPerson={(id) => choose('customer', id)}
        email={email}
      >
        <Box paddingInline={{ xs: '400', sm: '0' }}>
          <Select
            label="Language"
            options={languagesOf(written)}
            value={locale}
            disabled={draft !== null}
            helpText={draft ? 'Save or discard before you change the language.' : undefined}
            onChange={(value) => choose('language', value)}
          />
        </Box>
        {written.includes(locale) ? null : (
          <Banner tone="info" title={`Not written in ${nameOf(locale)} yet`}>
            <Text as="p">
              {`Customers who read ${nameOf(locale)} get the mail in ${nameOf(borrowed)}. It stands below: write over it and save.`}
            </Text>
          </Banner>
        )}
        <Sentences
          tone="critical"
          title="Not saved: this mail could not be sent as it is"
          sentences={(draft && outcome?.problems) || []}
        />
      </MailWorkbench>
    </Page>
  );
}
