import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node';
import { useActionData, useLoaderData, useNavigation, useSubmit } from '@remix-run/react';
import {
  BlockStack,
  Button,
  Card,
  FormLayout,
  InlineError,
  InlineStack,
  Page,
  Text,
  TextField,
} from '@shopify/polaris';
import { useState } from 'react';
import { authenticateAdmin } from '../adapters/shopify/authenticate.server.ts';
import { now } from '../clock.server.ts';
import { fieldsOf } from '../fields.server.ts';
import { attributesSchema, type Attribute } from '../reviews/attributes.ts';
import { attributesIn, saveAttributes, tellAgain } from '../reviews/reviews.server.ts';
import { saveSettings } from '../shops/shops.server.ts';
import { FormSaveBar } from '../ui/FormSaveBar.tsx';
import { StarsElsewhere } from '../ui/StarsElsewhere.tsx';
import { useSaved } from '../ui/useSaved.ts';
import { useToast } from '../ui/useToast.ts';
import { app } from '../wiring.server.ts';

export async function loader({ request }: LoaderFunctionArgs) {
  const { shop } = await authenticateAdmin(request);
  const attributes = await app().db.inShop(shop.id, (tx) => attributesIn(tx, shop.id));
  return { attributes, holdHours: shop.settings.reviews.holdHours };
}

export async function action({ request }: ActionFunctionArgs) {
  const { shop } = await authenticateAdmin(request);
  const fields = await fieldsOf(request);
  if (fields.text('intent') === 'tell') {
    await app().db.inShop(shop.id, (tx) => tellAgain(tx, now()));
    return { toast: 'Shopify is told of all stars' };
  }
  const read = attributesSchema.safeParse(fields.json('attributes'));
  const holdHours = Number(fields.text('holdHours'));
  if (!read.success) {
    const [issue] = read.error.issues;
    const which = Number(issue?.path[0] ?? 0) + 1;
    return { error: `Number ${which}: ${issue?.message ?? 'it makes no sense'}` };
  }
  if (!Number.isInteger(holdHours) || holdHours < 1 || holdHours > 168)
    return { error: 'The clock: 1 to 168 hours' };
  await app().db.inShop(shop.id, async (tx) => {
    await saveAttributes(tx, read.data);
    await saveSettings(tx, { reviews: { holdHours } }, now());
  });
  return { toast: 'Saved. Reviews ask for it from now on', saved: true };
}

const LANGUAGES = { en: 'English', de: 'Deutsch', fr: 'Français', es: 'Español' } as const;
const NEW: Attribute = { productType: '', key: '', label: { en: '' }, low: { en: '' }, high: { en: '' } };

const keyOf = (label: string) =>
  label
    .normalize('NFKD')
    .replace(/\p{Diacritic}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
    .slice(0, 40);

/** What reviews ask beside stars, and how long the staff have for what a rule has held. */
export default function ReviewFormPage() {
  const loaded = useLoaderData<typeof loader>();
  const outcome = useActionData<{ toast?: string; saved?: boolean; error?: string }>();
  const submit = useSubmit();
  const busy = useNavigation().state === 'submitting';
  const [draft, setDraft] = useState<typeof loaded | null>(null);
  useToast(outcome?.toast);
  useSaved(outcome, () => setDraft(null));
  const shown = draft ?? loaded;
  const save = () =>
    submit(
      { attributes: JSON.stringify(shown.attributes), holdHours: String(shown.holdHours) },
      { method: 'post' },
    );
  const set = (at: number, attribute: Attribute | null) =>
    setDraft({
      ...shown,
      attributes: shown.attributes.flatMap((each, i) => (i === at ? (attribute ? [attribute] : []) : [each])),
    });
  return (
    <Page title="What reviews ask" backAction={{ content: 'Reviews', url: '/app/reviews' }}>
      <FormSaveBar open={draft !== null} busy={busy} onSave={save} onDiscard={() => setDraft(null)} />
      <BlockStack gap="400">
        {outcome?.error && draft ? <InlineError fieldID="attributes" message={outcome.error} /> : null}
        <Card>
          <FormLayout>
            <TextField
              label="Hours to look at what a rule has held"
              type="number"
              min={1}
              max={168}
              value={String(shown.holdHours)}
              helpText="Then it is published by itself. A rule holds what abuses somebody, names an address or a number, or is about another product; never for its stars."
              autoComplete="off"
              onChange={(value) => setDraft({ ...shown, holdHours: Math.round(Number(value) || 0) })}
            />
          </FormLayout>
        </Card>
        <StarsElsewhere />
        {shown.attributes.map((attribute, at) => (
          <AttributeCard key={at} attribute={attribute} onChange={(next) => set(at, next)} />
        ))}
        <InlineStack>
          <Button onClick={() => setDraft({ ...shown, attributes: [...shown.attributes, NEW] })}>
            Ask one thing more
          </Button>
        </InlineStack>
      </BlockStack>
    </Page>
  );
}

interface AttributeCardProps {
  attribute: Attribute;
  onChange: (attribute: Attribute | null) => void;
}

function AttributeCard({ attribute, onChange }: AttributeCardProps) {
  const { label, low, high, productType, key } = attribute;
  return (
    <Card>
      <BlockStack gap="300">
        <InlineStack align="space-between" blockAlign="center">
          <Text as="h2" variant="headingMd">
            {label['en'] || 'One thing more'}
          </Text>
          <Button variant="plain" tone="critical" onClick={() => onChange(null)}>
            Remove
          </Button>
        </InlineStack>
        <TextField
          label="Of products of this type"
          value={productType}
          maxLength={80}
          helpText="As the type stands on the product at Shopify. Empty: of all."
          autoComplete="off"
          onChange={(value) => onChange({ ...attribute, productType: value })}
        />
        {Object.entries(LANGUAGES).map(([locale, name]) => {
          const field = (of: 'label' | 'low' | 'high', title: string, hint: string) => (
            <TextField
              label={`${title}, ${name}`}
              value={{ label, low, high }[of][locale] ?? ''}
              placeholder={locale === 'en' ? hint : ''}
              maxLength={60}
              autoComplete="off"
              onChange={(value) =>
                onChange({
                  ...attribute,
                  [of]: { ...attribute[of], [locale]: value },
                  // What was said before keeps its key.
                  ...(of === 'label' && locale === 'en' && (key === '' || key === keyOf(label['en'] ?? ''))
                    ? { key: keyOf(value) }
                    : {}),
                })
              }
            />
          );
          return (
            <FormLayout key={locale}>
              <FormLayout.Group condensed>
                {field('label', 'Name', 'Fit')}
                {field('low', 'One end', 'too small')}
                {field('high', 'Other end', 'too large')}
              </FormLayout.Group>
            </FormLayout>
          );
        })}
      </BlockStack>
    </Card>
  );
}
