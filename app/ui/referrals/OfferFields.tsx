import { Button, FormLayout, InlineStack, Select, Tag, Text } from '@shopify/polaris';
import type { FriendOffer, Terms } from '../../referrals/terms.ts';
import { NumberField } from '../NumberField.tsx';
import { usePick } from './pick.ts';
import { SumField } from './SumField.tsx';

interface OfferFieldsProps {
  terms: Terms;
  currency: string;
  errors: Record<string, string>;
  onChange: (changed: Partial<Terms>) => void;
}

const KINDS = [
  { value: 'percent', label: 'Per cent off' },
  { value: 'amount', label: 'A sum off' },
  { value: 'free-shipping', label: 'Free shipping' },
  { value: 'gift', label: 'One product as a gift' },
];

const kindOf = (offer: FriendOffer) =>
  offer.kind === 'discount' ? ('percent' in offer.value ? 'percent' : 'amount') : offer.kind;

function offerOf(kind: string, currency: string): FriendOffer {
  switch (kind) {
    case 'free-shipping':
      return { kind, value: {} };
    case 'gift':
      return { kind, value: { productId: '', title: '', worth: { amount: Number.NaN, currency } } };
    case 'amount':
      return { kind: 'discount', value: { amount: Number.NaN, currency } };
    default:
      return { kind: 'discount', value: { percent: 15 } };
  }
}

/** What a friend gets, off what, and from which sum on. */
export function OfferFields({ terms, currency, errors, onChange }: OfferFieldsProps) {
  const { friend, minimum } = terms;
  const setKind = (kind: string) =>
    onChange({
      friend: offerOf(kind, currency),
      ...(kind === 'free-shipping' || kind === 'gift' ? { collections: [] } : {}),
    });
  return (
    <FormLayout>
      <Select label="A friend gets" options={KINDS} value={kindOf(friend)} onChange={setKind} />
      <OfferValue
        offer={friend}
        currency={currency}
        error={errors['friend']}
        onChange={(offer) => onChange({ friend: offer })}
      />
      {friend.kind === 'discount' ? (
        <Collections
          chosen={terms.collections}
          error={errors['collections']}
          onChange={(collections) => onChange({ collections })}
        />
      ) : null}
      <SumField
        label="From an order of"
        placeholder="any sum"
        amount={minimum}
        currency={currency}
        error={errors['minimum']}
        onChange={(amount) => onChange({ minimum: amount })}
      />
    </FormLayout>
  );
}

interface OfferValueProps {
  offer: FriendOffer;
  currency: string;
  error: string | undefined;
  onChange: (offer: FriendOffer) => void;
}

function OfferValue({ offer, currency, error, onChange }: OfferValueProps) {
  if (offer.kind === 'free-shipping') return null;
  if (offer.kind === 'gift')
    return (
      <GiftFields
        gift={offer.value}
        currency={currency}
        error={error}
        onChange={(value) => onChange({ kind: 'gift', value })}
      />
    );
  if ('percent' in offer.value) {
    return (
      <NumberField
        label="Per cent"
        value={offer.value.percent}
        min={1}
        max={100}
        error={error}
        onChange={(percent) => onChange({ kind: 'discount', value: { percent } })}
      />
    );
  }
  return (
    <SumField
      label="Sum"
      helpText="Shopify turns it into the currency of the market that a friend buys in."
      amount={offer.value.amount}
      currency={currency}
      error={error}
      onChange={(amount) => onChange({ kind: 'discount', value: { amount: amount ?? Number.NaN, currency } })}
    />
  );
}

type Gift = Extract<FriendOffer, { kind: 'gift' }>['value'];

interface GiftFieldsProps {
  gift: Gift;
  currency: string;
  error: string | undefined;
  onChange: (gift: Gift) => void;
}

function GiftFields({ gift, currency, error, onChange }: GiftFieldsProps) {
  const pick = usePick();
  const choose = async () => {
    const [product] = (await pick('product', false)) ?? [];
    if (product) onChange({ ...gift, productId: product.id, title: product.title });
  };
  return (
    <>
      <InlineStack gap="200" blockAlign="center" align="start">
        <Button onClick={() => void choose()}>
          {gift.productId ? 'Another product' : 'Choose the product'}
        </Button>
        <Text as="span">{gift.title}</Text>
      </InlineStack>
      <SumField
        label="What one costs"
        helpText="So much is taken off: one is free, however many are in the cart."
        amount={gift.worth.amount}
        currency={currency}
        error={error}
        onChange={(amount) => onChange({ ...gift, worth: { amount: amount ?? Number.NaN, currency } })}
      />
    </>
  );
}

interface CollectionsProps {
  chosen: Terms['collections'];
  error: string | undefined;
  onChange: (chosen: Terms['collections']) => void;
}

function Collections({ chosen, error, onChange }: CollectionsProps) {
  const pick = usePick();
  const add = async () => {
    const more = (await pick('collection', true)) ?? [];
    onChange([...chosen.filter(({ id }) => !more.some((each) => each.id === id)), ...more]);
  };
  return (
    <InlineStack gap="200" blockAlign="center" align="start">
      <Text as="span">{chosen.length === 0 ? 'Off everything' : 'Only off'}</Text>
      {chosen.map(({ id, title }) => (
        <Tag key={id} onRemove={() => onChange(chosen.filter((each) => each.id !== id))}>
          {title}
        </Tag>
      ))}
      <Button onClick={() => void add()}>{chosen.length === 0 ? 'Only collections …' : 'More …'}</Button>
      {error ? (
        <Text as="span" tone="critical">
          {error}
        </Text>
      ) : null}
    </InlineStack>
  );
}
