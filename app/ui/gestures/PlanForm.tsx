import { BlockStack, Banner, Button, Card, FormLayout, InlineStack, Text, TextField } from '@shopify/polaris';
import { useState } from 'react';
import { AmountField } from '../AmountField.tsx';

export interface PlanTyped {
  plan: string;
  /** One a line. */
  tasks: string;
  amount: number;
}

interface PlanFormProps {
  name: string;
  currency: string;
  busy: boolean;
  /** Why it could not be planned. */
  refused: string | undefined;
  errors: Record<string, string>;
  onPlan: (typed: PlanTyped) => void;
  onCancel: () => void;
}

/** What is to happen, what has to be done for it, and what it may cost. */
export function PlanForm({ name, currency, busy, refused, errors, onPlan, onCancel }: PlanFormProps) {
  const [typed, setTyped] = useState<PlanTyped>({ plan: '', tasks: '', amount: Number.NaN });
  const set = (changed: Partial<PlanTyped>) => setTyped({ ...typed, ...changed });
  return (
    <Card>
      <BlockStack gap="400">
        <Text as="h2" variant="headingMd">
          {`Something for ${name}`}
        </Text>
        {refused ? <Banner tone="warning">{refused}</Banner> : null}
        <FormLayout>
          <TextField
            label="What happens"
            placeholder="We drive over with the table that she has been saving for."
            value={typed.plan}
            maxLength={2000}
            multiline={3}
            error={errors['plan']}
            autoComplete="off"
            onChange={(plan) => set({ plan })}
          />
          <TextField
            label="What has to be done for it"
            helpText="One task a line, ten at most."
            value={typed.tasks}
            maxLength={2000}
            multiline={4}
            error={errors['tasks']}
            autoComplete="off"
            onChange={(tasks) => set({ tasks })}
          />
          <AmountField
            label="What it may cost"
            helpText="Set aside from this month’s purse at once."
            value={typed.amount}
            currency={currency}
            error={errors['amount']}
            onChange={(amount) => set({ amount })}
          />
        </FormLayout>
        <InlineStack gap="200">
          <Button variant="primary" loading={busy} onClick={() => onPlan(typed)}>
            Plan it
          </Button>
          <Button onClick={onCancel}>Somebody else</Button>
        </InlineStack>
      </BlockStack>
    </Card>
  );
}
