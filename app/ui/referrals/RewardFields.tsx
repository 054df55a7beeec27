import { BlockStack, Button, FormLayout, InlineStack, Select, Text, TextField } from '@shopify/polaris';
import { useState } from 'react';
import type { AdvocateReward } from '../../referrals/terms.ts';
import { NumberField } from '../NumberField.tsx';
import { usePick } from './pick.ts';
import { SumField } from './SumField.tsx';

interface RewardFieldsProps {
  label: string;
  reward: AdvocateReward;
  currency: string;
  error: string | undefined;
  onChange: (reward: AdvocateReward) => void;
}

const KINDS = [
  { value: 'percent', label: 'Per cent off the next order' },
  { value: 'amount', label: 'A sum off the next order' },
  { value: 'free-shipping', label: 'Free shipping of the next order' },
  { value: 'gift', label: 'A product as a gift' },
  { value: 'store-credit', label: 'Store credit' },
  { value: 'gift-card', label: 'A gift card' },
  { value: 'points', label: 'Points' },
  { value: 'donation', label: 'A donation in their name' },
  { value: 'commission', label: 'Commission, paid out by you' },
];

const kindOf = (reward: AdvocateReward) =>
  reward.kind === 'discount' ? ('percent' in reward.value ? 'percent' : 'amount') : reward.kind;

function rewardOf(kind: string, currency: string): AdvocateReward {
  const sum = { amount: Number.NaN, currency };
  switch (kind) {
    case 'amount':
      return { kind: 'discount', value: sum };
    case 'free-shipping':
      return { kind, value: {} };
    case 'gift':
      return { kind, value: { productId: '', title: '' } };
    case 'store-credit':
      return { kind, value: { ...sum, others: {} } };
    case 'gift-card':
      return { kind, value: sum };
    case 'points':
      return { kind, value: { points: Number.NaN } };
    case 'donation':
      return { kind, value: { ...sum, to: '' } };
    case 'commission':
      return { kind, value: { percent: 10 } };
    default:
      return { kind: 'discount', value: { percent: 15 } };
  }
}

/** What an advocate gets: the kind, and how much of it. */
export function RewardFields({ label, reward, currency, error, onChange }: RewardFieldsProps) {
  return (
    <FormLayout>
      <Select
        label={label}
        options={KINDS}
        value={kindOf(reward)}
        onChange={(kind) => onChange(rewardOf(kind, currency))}
      />
      <Value reward={reward} currency={currency} error={error} onChange={onChange} />
    </FormLayout>
  );
}

type ValueProps = Omit<RewardFieldsProps, 'label'>;

function Value({ reward, currency, error, onChange }: ValueProps) {
  const { kind, value } = reward;
  if (kind === 'free-shipping') return null;
  if (kind === 'gift')
    return <Gift gift={value} error={error} onChange={(gift) => onChange({ kind, value: gift })} />;
  if (kind === 'points') {
    return (
      <NumberField
        label="Points"
        value={value.points}
        min={1}
        max={1_000_000}
        error={error}
        onChange={(points) => onChange({ kind, value: { points } })}
      />
    );
  }
  if ('percent' in value) {
    return (
      <NumberField
        label={kind === 'commission' ? 'Per cent of what the friend’s order comes to' : 'Per cent'}
        value={value.percent}
        min={1}
        max={100}
        error={error}
        onChange={(percent) => onChange({ ...reward, value: { percent } } as AdvocateReward)}
      />
    );
  }
  const set = (changed: object) =>
    onChange({ ...reward, value: { ...value, currency, ...changed } } as AdvocateReward);
  return (
    <>
      <SumField
        label="Sum"
        amount={value.amount}
        currency={currency}
        error={error}
        onChange={(amount) => set({ amount: amount ?? Number.NaN })}
      />
      {'to' in value ? (
        <TextField
          label="Given to"
          value={value.to}
          autoComplete="off"
          maxLength={120}
          onChange={(to) => set({ to })}
        />
      ) : null}
      {'others' in value ? (
        <OtherSums others={value.others} own={currency} onChange={(others) => set({ others })} />
      ) : null}
    </>
  );
}

interface GiftProps {
  gift: Extract<AdvocateReward, { kind: 'gift' }>['value'];
  error: string | undefined;
  onChange: (gift: Extract<AdvocateReward, { kind: 'gift' }>['value']) => void;
}

function Gift({ gift, error, onChange }: GiftProps) {
  const pick = usePick();
  const choose = async () => {
    const [product] = (await pick('product', false)) ?? [];
    if (product) onChange({ productId: product.id, title: product.title });
  };
  return (
    <InlineStack gap="200" blockAlign="center" align="start">
      <Button onClick={() => void choose()}>
        {gift.productId ? 'Another product' : 'Choose the product'}
      </Button>
      <Text as="span">{gift.title}</Text>
      {error ? (
        <Text as="span" tone="critical">
          {error}
        </Text>
      ) : null}
    </InlineStack>
  );
}

interface OtherSumsProps {
  others: Record<string, number>;
  own: string;
  onChange: (others: Record<string, number>) => void;
}

/** Sums for advocates who pay in the currency of another market. */
function OtherSums({ others, own, onChange }: OtherSumsProps) {
  const [typed, setTyped] = useState('');
  const wanted = typed.trim().toUpperCase();
  const isNew = /^[A-Z]{3}$/.test(wanted) && wanted !== own && !(wanted in others);
  return (
    <BlockStack gap="200">
      {Object.entries(others).map(([currency, amount]) => (
        <SumField
          key={currency}
          label={`For those who pay in ${currency}`}
          helpText="Emptied, it goes."
          amount={amount}
          currency={currency}
          onChange={(sum) => {
            const { [currency]: _, ...rest } = others;
            onChange(sum === null ? rest : { ...rest, [currency]: sum });
          }}
        />
      ))}
      <TextField
        label="Another sum for another currency"
        placeholder="USD"
        value={typed}
        autoComplete="off"
        maxLength={3}
        onChange={setTyped}
        connectedRight={
          <Button
            disabled={!isNew}
            onClick={() => {
              onChange({ ...others, [wanted]: 1000 });
              setTyped('');
            }}
          >
            Add
          </Button>
        }
      />
    </BlockStack>
  );
}
