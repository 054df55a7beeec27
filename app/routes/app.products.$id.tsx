import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node';
import { useActionData, useLoaderData, useNavigation, useSubmit } from '@remix-run/react';
import { BlockStack, Card, FormLayout, Page, Text, TextField } from '@shopify/polaris';
import { useState } from 'react';
import { authenticateAdmin } from '../adapters/shopify/authenticate.server.ts';
import { now } from '../clock.server.ts';
import { fieldsOf } from '../fields.server.ts';
import { clockIn, MAX_DAYS, type ClockForm } from '../products/clock-form.ts';
import { clockOf, saveClockRule } from '../products/products.server.ts';
import { MAIL_LOCALES } from '../shops/settings.ts';
import { FormSaveBar } from '../ui/FormSaveBar.tsx';
import { useFocusOnError } from '../ui/useFocusOnError.ts';
import { useSaved } from '../ui/useSaved.ts';
import { fromLocal, toLocal } from '../zones.ts';
import { useToast } from '../ui/useToast.ts';
import { app } from '../wiring.server.ts';

const productId = (param: string | undefined): bigint => {
  const isId = param && /^[1-9]\d{0,18}$/.test(param) && BigInt.asIntN(64, BigInt(param)) > 0n;
  if (!isId) throw new Response('There is no such product', { status: 404 });
  return BigInt(param);
};

export async function loader({ request, params }: LoaderFunctionArgs) {
  const { shop } = await authenticateAdmin(request);
  const id = productId(params['id']);
  const clocks = await app().db.inShop(shop.id, (tx) => clockOf(tx, [{ shopId: shop.id, id }]));
  const clock = clocks.get(id);
  if (!clock?.title) throw new Response('There is no such product', { status: 404 });
  const careGuide = Object.fromEntries(
    Object.entries(clock.careGuide).map(([locale, { title, text, url }]) => [
      locale,
      { title, text, url: url ?? '' },
    ]),
  );
  const { title, firstUseDays, readyToJudgeDays, usefulLifeDays } = clock;
  const eventEndsAt = clock.eventEndsAt
    ? new Date(toLocal(clock.eventEndsAt, shop.timeZone)).toISOString().slice(0, 16)
    : null;
  return {
    title,
    clock: { firstUseDays, readyToJudgeDays, usefulLifeDays, eventEndsAt, careGuide } as ClockForm,
  };
}

export async function action({ request, params }: ActionFunctionArgs) {
  const { shop } = await authenticateAdmin(request);
  const id = productId(params['id']);
  const read = clockIn((await fieldsOf(request)).json('clock'));
  if ('errors' in read) return { errors: read.errors };
  const { eventEndsAt: local, ...told } = read.clock;
  const eventEndsAt = local === null ? null : fromLocal(Date.parse(`${local}Z`), shop.timeZone);
  const rule = { scope: 'product', ref: String(id), ...told, eventEndsAt } as const;
  await app().db.inShop(shop.id, (tx) => saveClockRule(tx, shop.id, rule, now()));
  return { toast: 'Saved. Mails go by it from now on', saved: true };
}

const NAMES = { en: 'English', de: 'Deutsch', fr: 'Français', es: 'Español' } as const;

export default function ProductPage() {
  const { title, clock } = useLoaderData<typeof loader>();
  const outcome = useActionData<{ toast?: string; saved?: boolean; errors?: Record<string, string> }>();
  const submit = useSubmit();
  const busy = useNavigation().state === 'submitting';
  const [draft, setDraft] = useState<ClockForm | null>(null);
  useToast(outcome?.toast);
  const shown = draft ?? clock;
  const errors = (draft && outcome?.errors) || {};
  const setDays = (field: 'firstUseDays' | 'readyToJudgeDays' | 'usefulLifeDays') => (value: string) =>
    setDraft({ ...shown, [field]: value === '' ? null : Math.max(0, Math.round(Number(value) || 0)) });
  useFocusOnError(outcome);
  useSaved(outcome, () => setDraft(null));
  const save = () => submit({ clock: JSON.stringify(shown) }, { method: 'post' });
  const dayField = (
    label: string,
    field: 'firstUseDays' | 'readyToJudgeDays' | 'usefulLifeDays',
    help: string,
  ) => (
    <TextField
      label={label}
      type="number"
      min={0}
      max={MAX_DAYS}
      value={shown[field] === null ? '' : String(shown[field])}
      helpText={help}
      error={errors[field]}
      autoComplete="off"
      onChange={setDays(field)}
    />
  );
  return (
    <Page title={title} backAction={{ content: 'Products', url: '/app/products' }}>
      <FormSaveBar open={draft !== null} busy={busy} onSave={save} onDiscard={() => setDraft(null)} />
      <BlockStack gap="400">
        <Card>
          <BlockStack gap="300">
            <Text as="h2" variant="headingMd">
              Its life, in days after delivery
            </Text>
            <FormLayout>
              <FormLayout.Group condensed>
                {dayField('First used', 'firstUseDays', 'Until then it lies in its box.')}
                {dayField('Ready to judge', 'readyToJudgeDays', 'Then the review is asked for.')}
                {dayField('Used up', 'usefulLifeDays', 'Then they hear from you again. Empty: 90.')}
              </FormLayout.Group>
              <TextField
                label="The event is over"
                type="datetime-local"
                value={shown.eventEndsAt ?? ''}
                error={errors['eventEndsAt']}
                helpText="Of a ticket or a course, on the shop’s clock. Sequences may begin then. Empty: not an event."
                autoComplete="off"
                onChange={(value) => setDraft({ ...shown, eventEndsAt: value.slice(0, 16) || null })}
              />
            </FormLayout>
          </BlockStack>
        </Card>
        {MAIL_LOCALES.map((locale) => {
          const told = shown.careGuide[locale] ?? { title: '', text: '', url: '' };
          const set = (changed: Partial<typeof told>) =>
            setDraft({ ...shown, careGuide: { ...shown.careGuide, [locale]: { ...told, ...changed } } });
          return (
            <Card key={locale}>
              <BlockStack gap="300">
                <Text as="h2" variant="headingMd">{`Care guide, ${NAMES[locale]}`}</Text>
                <TextField
                  label="Title"
                  value={told.title}
                  maxLength={120}
                  autoComplete="off"
                  onChange={(value) => set({ title: value })}
                  error={errors[`careGuide.${locale}.title`]}
                />
                <TextField
                  label="Text"
                  multiline={4}
                  value={told.text}
                  maxLength={4000}
                  autoComplete="off"
                  onChange={(value) => set({ text: value })}
                  error={errors[`careGuide.${locale}.text`]}
                />
                <TextField
                  label="The whole guide"
                  type="url"
                  placeholder="https://…"
                  value={told.url}
                  autoComplete="off"
                  onChange={(value) => set({ url: value })}
                  error={errors[`careGuide.${locale}.url`]}
                />
              </BlockStack>
            </Card>
          );
        })}
      </BlockStack>
    </Page>
  );
}
