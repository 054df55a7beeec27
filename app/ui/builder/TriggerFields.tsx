import {
  BlockStack,
  Button,
  Checkbox,
  ChoiceList,
  Divider,
  InlineStack,
  Select,
  Text,
  TextField,
} from '@shopify/polaris';
import type { Plan, Reentry, Trigger, TriggerKind } from '../../sequences/plan.ts';
import { TRIGGER_WORDS } from '../planSentences.ts';
import { ConditionRows } from './ConditionRows.tsx';
import { firstTest } from './factWords.ts';
import { PeriodField } from './PeriodField.tsx';
import { WhichFields } from './WhichFields.tsx';

type Part = Partial<Pick<Plan, 'trigger' | 'reentry' | 'exits'>>;
interface TriggerFieldsProps {
  plan: Plan;
  onSet: (part: Part) => void;
}

/** In the order of a merchant's questions. */
const of = (...beginnings: string[]): TriggerKind[] =>
  (Object.keys(TRIGGER_WORDS) as TriggerKind[]).filter((kind) =>
    beginnings.some((beginning) => kind.startsWith(beginning)),
  );
const KINDS: readonly [title: string, kinds: readonly TriggerKind[]][] = [
  ['Orders', of('order.')],
  ['Parcels and products', of('shipment.', 'product.')],
  ['What they say and give', of('answer.', 'review.', 'story.', 'referral.', 'reward.')],
  ['Customers', of('customer.')],
  ['By hand, by a file or by Shopify Flow', of('sequence.')],
];

const EACH = [
  { label: 'Once an order', value: 'order' },
  { label: 'Once a parcel', value: 'shipment' },
  { label: 'Once a product', value: 'product' },
  { label: 'Once a customer', value: 'customer' },
];
const CHANNELS = [
  { label: 'Online shop', value: 'web' },
  { label: 'Point of sale', value: 'pos' },
  { label: 'Draft orders', value: 'draft' },
  { label: 'Other apps', value: 'app' },
];
const AGAIN = [
  { label: 'As often as it is set off', value: 'always' },
  { label: 'Once in a lifetime', value: 'once' },
  { label: 'Once in so many days', value: 'after' },
  { label: 'The newer one takes the older one’s place', value: 'replace' },
];

/** What sets the sequence off, for whom, how often, and when it ends early. */
export function TriggerFields({ plan, onSet }: TriggerFieldsProps) {
  const { trigger } = plan;
  const put = (changes: Partial<Trigger>) => onSet({ trigger: { ...trigger, ...changes } });
  return (
    <BlockStack gap="400">
      <Text as="h3" variant="headingSm">
        It begins when
      </Text>
      {KINDS.map(([title, kinds]) => (
        <ChoiceList
          key={title}
          title={title}
          allowMultiple
          choices={kinds.map((value) => ({ label: TRIGGER_WORDS[value], value }))}
          selected={trigger.on.filter((kind) => kinds.includes(kind))}
          onChange={(chosen) =>
            put({
              on: [...trigger.on.filter((kind) => !kinds.includes(kind)), ...(chosen as TriggerKind[])],
            })
          }
        />
      ))}
      <Select
        label="For each customer"
        options={EACH}
        value={trigger.each}
        onChange={(each) => put({ each: each as Trigger['each'] })}
      />
      {trigger.each === 'product' ? (
        <TextField
          label="Products of one order at most"
          type="number"
          min={1}
          max={50}
          autoComplete="off"
          helpText="Dearest first. Empty for all."
          value={trigger.most === null ? '' : String(trigger.most)}
          onChange={(most) =>
            put({
              most: most === '' ? null : Math.max(1, Math.min(50, Math.round(Number(most) || 1))),
            })
          }
        />
      ) : null}
      <WhichFields trigger={trigger} onSet={(which) => put({ which: { ...trigger.which, ...which } })} />
      <ChoiceList
        title="Orders from"
        allowMultiple
        choices={CHANNELS}
        selected={[...trigger.channels]}
        onChange={(channels) => put({ channels: channels as Trigger['channels'] })}
      />
      <Checkbox
        label="Only for some of them"
        checked={trigger.when !== null}
        onChange={(some) => put({ when: some ? firstTest('order.ordinal') : null })}
      />
      {trigger.when ? (
        <ConditionRows label="Only if" condition={trigger.when} onChange={(when) => put({ when })} />
      ) : null}
      <PeriodField
        label="News older than this begins nothing"
        period={trigger.freshFor}
        onChange={(freshFor) => put({ freshFor })}
      />
      <Divider />
      <AgainFields reentry={plan.reentry} onChange={(reentry) => onSet({ reentry })} />
      <Divider />
      <ExitFields exits={plan.exits} onChange={(exits) => onSet({ exits })} />
    </BlockStack>
  );
}

function AgainFields({ reentry, onChange }: { reentry: Reentry; onChange: (reentry: Reentry) => void }) {
  return (
    <>
      <Select
        label="The same customer again"
        options={AGAIN}
        value={reentry.kind}
        onChange={(kind) =>
          onChange(kind === 'after' ? { kind, days: 180 } : { kind: kind as 'always' | 'once' | 'replace' })
        }
      />
      {reentry.kind === 'after' ? (
        <TextField
          label="Days"
          type="number"
          min={1}
          max={3650}
          autoComplete="off"
          value={String(reentry.days)}
          onChange={(days) =>
            onChange({
              kind: 'after',
              days: Math.max(1, Math.min(3650, Math.round(Number(days) || 1))),
            })
          }
        />
      ) : null}
    </>
  );
}

function ExitFields({ exits, onChange }: { exits: Plan['exits']; onChange: (exits: Plan['exits']) => void }) {
  const freshKey = () => {
    const known = new Set(exits.map(({ key }) => key));
    for (let number = 1; ; number++) if (!known.has(`exit-${number}`)) return `exit-${number}`;
  };
  return (
    <BlockStack gap="300">
      <Text as="h3" variant="headingSm">
        It ends early
      </Text>
      <Text as="p" tone="subdued">
        By itself when the order is cancelled, refunded or returned, when the customer unsubscribes or is
        erased, and when the app is removed. And also:
      </Text>
      {exits.map((exit, index) => (
        <BlockStack key={exit.key} gap="200">
          <ConditionRows
            label="As soon as"
            condition={exit.when}
            onChange={(when) => onChange(exits.map((each, at) => (at === index ? { ...each, when } : each)))}
          />
          <InlineStack>
            <Button
              variant="plain"
              tone="critical"
              onClick={() => onChange(exits.filter((each) => each !== exit))}
            >
              Remove this end
            </Button>
          </InlineStack>
        </BlockStack>
      ))}
      {exits.length < 20 ? (
        <InlineStack>
          <Button
            onClick={() =>
              onChange([...exits, { key: freshKey(), when: firstTest('customer.ordered-since') }])
            }
          >
            Add an end
          </Button>
        </InlineStack>
      ) : null}
    </BlockStack>
  );
}
