import { BlockStack, Card, Checkbox, FormLayout, Select, Text } from '@shopify/polaris';
import type { StageRules } from '../../customers/stage-rules.ts';
import { NumberField } from '../NumberField.tsx';
import { WaysEditor } from './WaysEditor.tsx';

interface RulesCardProps {
  rules: StageRules;
  currency: string;
  /** What is wrong, by its place: "friend.2", "quiet.days" */
  errors: Record<string, string>;
  onChange: (rules: StageRules) => void;
}

const HELD = [
  { value: 'stranger', label: 'strangers' },
  { value: 'acquaintance', label: 'acquaintances' },
  { value: 'friend', label: 'friends' },
];
type Held = StageRules['unhappy']['holdsAt'];

/** By which rules customers come closer and go away. */
export function RulesCard({ rules, currency, errors, onChange }: RulesCardProps) {
  const set = (changed: Partial<StageRules>) => onChange({ ...rules, ...changed });
  return (
    <Card>
      <BlockStack gap="500">
        <BlockStack gap="100">
          <Text as="h2" variant="headingMd">
            What brings somebody closer
          </Text>
          <Text as="p" tone="subdued">
            Who has ordered is an acquaintance. Each way below is enough.
          </Text>
        </BlockStack>
        <WaysEditor
          title="A friend is who has"
          name="friend"
          ways={rules.friend}
          currency={currency}
          errors={errors}
          onChange={(friend) => set({ friend })}
        />
        <WaysEditor
          title="Family is who has"
          name="family"
          ways={rules.family}
          currency={currency}
          errors={errors}
          onChange={(family) => set({ family })}
        />
        <AgainstFields rules={rules} errors={errors} onChange={set} />
        <TimeFields rules={rules} errors={errors} onChange={set} />
      </BlockStack>
    </Card>
  );
}

interface PartProps {
  rules: StageRules;
  errors: Record<string, string>;
  onChange: (changed: Partial<StageRules>) => void;
}

function AgainstFields({ rules: { unhappy, returns }, errors, onChange }: PartProps) {
  return (
    <BlockStack gap="300">
      <Text as="h3" variant="headingSm">
        What stands against it
      </Text>
      <FormLayout>
        <FormLayout.Group>
          <NumberField
            label="While their last score is at most"
            value={unhappy.scoreAtMost}
            min={1}
            max={3}
            error={errors['unhappy.scoreAtMost']}
            onChange={(scoreAtMost) => onChange({ unhappy: { ...unhappy, scoreAtMost } })}
          />
          <Select
            label="they are at most"
            options={HELD}
            value={unhappy.holdsAt}
            onChange={(stage) => onChange({ unhappy: { ...unhappy, holdsAt: stage as Held } })}
          />
        </FormLayout.Group>
        <Checkbox
          label="Hold back who sends much back"
          checked={returns !== null}
          onChange={(on) =>
            onChange({ returns: on ? { share: 60, orders: 4, holdsAt: 'acquaintance' } : null })
          }
        />
        {returns ? (
          <FormLayout.Group>
            <NumberField
              label="Returns, % of the orders"
              value={returns.share}
              min={1}
              max={100}
              error={errors['returns.share']}
              onChange={(share) => onChange({ returns: { ...returns, share } })}
            />
            <NumberField
              label="from so many orders on"
              value={returns.orders}
              min={2}
              max={1000}
              error={errors['returns.orders']}
              onChange={(orders) => onChange({ returns: { ...returns, orders } })}
            />
            <Select
              label="they are at most"
              options={HELD}
              value={returns.holdsAt}
              onChange={(stage) => onChange({ returns: { ...returns, holdsAt: stage as Held } })}
            />
          </FormLayout.Group>
        ) : null}
      </FormLayout>
    </BlockStack>
  );
}

function TimeFields({ rules: { quiet, keepDays }, errors, onChange }: PartProps) {
  return (
    <BlockStack gap="300">
      <Text as="h3" variant="headingSm">
        Time
      </Text>
      <FormLayout>
        <FormLayout.Group>
          <NumberField
            label="Days of silence to a step away"
            value={quiet.days}
            min={30}
            max={3650}
            error={errors['quiet.days']}
            onChange={(days) => onChange({ quiet: { ...quiet, days } })}
          />
          <NumberField
            label="or so many of their own gaps between orders"
            value={quiet.rhythm}
            min={0}
            max={20}
            helpText="Whichever is longer. 0 leaves it aside."
            error={errors['quiet.rhythm']}
            onChange={(rhythm) => onChange({ quiet: { ...quiet, rhythm } })}
          />
          <NumberField
            label="Days a stage is kept at least"
            value={keepDays}
            min={0}
            max={365}
            helpText="While nothing worse than a lukewarm word speaks against it."
            error={errors['keepDays']}
            onChange={(keepDays) => onChange({ keepDays })}
          />
        </FormLayout.Group>
      </FormLayout>
    </BlockStack>
  );
}
