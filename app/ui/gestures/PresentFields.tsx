import { Button, FormLayout, InlineStack, Select, Text, TextField } from '@shopify/polaris';
import { useAppBridge } from '@shopify/app-bridge-react';
import type { Present, PresentKind } from '../../gestures/gesture.ts';
import { AmountField } from '../AmountField.tsx';
import { PRESENT_NAMES } from './words.ts';

interface PresentFieldsProps {
  present: Present;
  currency: string;
  /** By field: amount, productId, tag. */
  errors: Record<string, string>;
  onChange: (present: Present) => void;
}

const KINDS = (['note', 'credit', 'gift', 'shipping', 'call'] as const).map((value) => ({
  value,
  label: PRESENT_NAMES[value],
}));

const AMOUNTS: Record<PresentKind, string> = {
  note: 'What a note costs you',
  credit: 'Worth',
  gift: 'What the gift costs you',
  shipping: 'What it costs you',
  call: 'What a call costs you',
};

function changed(kind: PresentKind, amount: number): Present {
  if (kind === 'gift') return { kind, amount, productId: '', title: '' };
  return kind === 'shipping' ? { kind, amount, tag: 'Send faster' } : { kind, amount };
}

/** What is given. */
export function PresentFields({ present, currency, errors, onChange }: PresentFieldsProps) {
  return (
    <FormLayout>
      <FormLayout.Group condensed>
        <Select
          label="They get"
          options={KINDS}
          value={present.kind}
          onChange={(kind) => onChange(changed(kind as PresentKind, present.amount))}
        />
        <AmountField
          label={AMOUNTS[present.kind]}
          value={present.amount}
          currency={currency}
          error={errors['amount']}
          onChange={(amount) => onChange({ ...present, amount })}
        />
      </FormLayout.Group>
      {present.kind === 'gift' ? (
        <GiftField present={present} error={errors['productId']} onChange={onChange} />
      ) : null}
      {present.kind === 'shipping' ? (
        <TextField
          label="Tag of the order"
          helpText="Your warehouse or Flow goes by it. The app needs to be allowed to edit orders."
          value={present.tag}
          maxLength={40}
          error={errors['tag']}
          autoComplete="off"
          onChange={(tag) => onChange({ ...present, tag })}
        />
      ) : null}
    </FormLayout>
  );
}

function GiftField({
  present,
  error,
  onChange,
}: {
  present: Extract<Present, { kind: 'gift' }>;
  error: string | undefined;
  onChange: (present: Present) => void;
}) {
  const shopify = useAppBridge();
  const pick = async () => {
    const picked = await shopify.resourcePicker({
      type: 'product',
      action: 'select',
      filter: { variants: false },
    });
    const [product] = picked ?? [];
    if (product) onChange({ ...present, productId: product.id.split('/').at(-1)!, title: product.title });
  };
  return (
    <InlineStack gap="300" blockAlign="center">
      <Text as="p">{present.title || 'No product yet'}</Text>
      <Button onClick={() => void pick()}>{present.title ? 'Choose another' : 'Choose a product'}</Button>
      {error ? (
        <Text as="p" tone="critical">
          {error}
        </Text>
      ) : null}
    </InlineStack>
  );
}
