import { BlockStack, Box, Card, Checkbox, Divider, Select, Text, TextField } from '@shopify/polaris';
import type { ReactNode } from 'react';
import type { LoyaltySettings } from '../../loyalty/settings.ts';
import { AmountField } from '../AmountField.tsx';
import { NumberField } from '../NumberField.tsx';

type Benefits = LoyaltySettings['benefits'];
type From = Benefits['tag']['from'];

interface BenefitsCardProps {
  benefits: Benefits;
  currency: string;
  /** By place: "benefits.tag.tag" */
  errors: Record<string, string>;
  onChange: (benefits: Benefits) => void;
}

/** What comes with a stage, and goes with it. */
export function BenefitsCard({ benefits, currency, errors, onChange }: BenefitsCardProps) {
  const { tag, shipping, birthday, inbox } = benefits;
  return (
    <Card>
      <BlockStack gap="400">
        <BlockStack gap="100">
          <Text as="h2" variant="headingMd">
            Benefits
          </Text>
          <Text as="p" tone="subdued">
            They come when somebody reaches the stage, and go when they leave it.
          </Text>
        </BlockStack>
        <Benefit
          label="A tag at Shopify"
          help="For early access, prices of their own, and whatever goes by tags."
          from={tag.from}
          onFrom={(from) => onChange({ ...benefits, tag: { ...tag, from } })}
        >
          <TextField
            label="The tag"
            value={tag.tag}
            maxLength={40}
            error={errors['benefits.tag.tag']}
            autoComplete="off"
            onChange={(text) => onChange({ ...benefits, tag: { ...tag, tag: text } })}
          />
        </Benefit>
        <Divider />
        <Benefit
          label="Free shipping"
          help="A code of their own, good for one order. It is taken back with the stage."
          from={shipping.from}
          onFrom={(from) => onChange({ ...benefits, shipping: { ...shipping, from } })}
        >
          <NumberField
            label="Good for so many days"
            value={shipping.validDays}
            min={1}
            max={3650}
            error={errors['benefits.shipping.validDays']}
            onChange={(validDays) => onChange({ ...benefits, shipping: { ...shipping, validDays } })}
          />
        </Benefit>
        <Divider />
        <Benefit
          label="Something on their birthday"
          help="Store credit, for whom Shopify knows a birthday (the metafield “Birth date”)."
          from={birthday.from}
          onFrom={(from) => onChange({ ...benefits, birthday: { ...birthday, from } })}
        >
          <AmountField
            label="Worth"
            value={birthday.amount}
            currency={currency}
            error={errors['benefits.birthday.amount']}
            onChange={(amount) => onChange({ ...benefits, birthday: { ...birthday, amount } })}
          />
        </Benefit>
        <Divider />
        <Benefit
          label="First in line in the inbox"
          help="What they say is tagged “First in line”, and its reply clock is shorter than that of others."
          from={inbox.from}
          onFrom={(from) => onChange({ ...benefits, inbox: { ...inbox, from } })}
        >
          <NumberField
            label="Answered in so many % of the promised time"
            value={inbox.pace}
            min={10}
            max={100}
            error={errors['benefits.inbox.pace']}
            onChange={(pace) => onChange({ ...benefits, inbox: { ...inbox, pace } })}
          />
        </Benefit>
      </BlockStack>
    </Card>
  );
}

const STAGES = [
  { value: 'acquaintance', label: 'acquaintances' },
  { value: 'friend', label: 'friends' },
  { value: 'family', label: 'family' },
];

interface BenefitProps {
  label: string;
  help: string;
  from: From;
  onFrom: (from: From) => void;
  children?: ReactNode;
}

function Benefit({ label, help, from, onFrom, children }: BenefitProps) {
  return (
    <BlockStack gap="200">
      <Checkbox
        label={label}
        helpText={help}
        checked={from !== null}
        onChange={(on) => onFrom(on ? 'friend' : null)}
      />
      {from === null ? null : (
        <Box paddingInlineStart="600" maxWidth="320px">
          <BlockStack gap="300">
            <Select
              label={`${label}: from which stage on`}
              options={STAGES}
              value={from}
              onChange={(stage) => onFrom(stage as From)}
            />
            {children}
          </BlockStack>
        </Box>
      )}
    </BlockStack>
  );
}
