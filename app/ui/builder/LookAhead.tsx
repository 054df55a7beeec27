import { BlockStack, Button, Card, InlineGrid, InlineStack, Select, Text } from '@shopify/polaris';
import { useEffect, useState } from 'react';
import type { Walk } from '../../sequences/foresee.ts';
import type { Plan } from '../../sequences/plan.ts';
import { moment } from '../format.ts';
import { useBuilderShop } from './builderContext.ts';
import { CustomerPicker, type Person } from '../CustomerPicker.tsx';
import { useAsk, type AsJson } from '../useAsk.ts';

/** `why` says in words how it ends; `forks`, why it went the way it did wherever there was more than one. */
export type Seen = AsJson<
  Walk & {
    startAt: Date;
    why: string | null;
    forks: readonly { key: string; why: string }[];
  }
>;

interface LookAheadProps {
  plan: Plan;
  onSeen: (seen: Seen | null) => void;
  onClose: () => void;
}

/** "What would happen to this customer?" The answer is lit up in the plan. */
export function LookAhead({ plan, onSeen, onClose }: LookAheadProps) {
  const { sequenceId } = useBuilderShop();
  const [person, setPerson] = useState<Person | null>(null);
  const [from, setFrom] = useState('now');
  const { ask, answer, isAsking } = useAsk<{ seen: Seen }>();
  const customer = person?.id;
  useEffect(() => {
    if (!customer) return;
    ask(`/app/sequences/${sequenceId}/look-ahead`, { customer, from, plan: JSON.stringify(plan) });
  }, [ask, sequenceId, customer, from, plan]);
  const seen = customer ? (answer?.seen ?? null) : null;
  useEffect(() => onSeen(seen), [onSeen, seen]);
  return (
    <Card>
      <BlockStack gap="300">
        <InlineStack align="space-between" blockAlign="center">
          <Text as="h2" variant="headingSm">
            What would happen to this customer?
          </Text>
          <Button
            variant="plain"
            onClick={() => {
              onSeen(null);
              onClose();
            }}
          >
            Close
          </Button>
        </InlineStack>
        <InlineGrid columns={{ xs: 1, sm: 2 }} gap="300">
          <CustomerPicker
            label="Customer"
            person={person}
            onPick={setPerson}
            onClear={() => setPerson(null)}
          />
          <Select
            label="If it began"
            options={[
              { label: 'now', value: 'now' },
              { label: 'with their last order', value: 'last-order' },
            ]}
            value={from}
            onChange={setFrom}
          />
        </InlineGrid>
        <div aria-live="polite" style={{ minHeight: 20 }}>
          {seen && person ? <Answer seen={seen} name={person.name} /> : null}
          {!seen && isAsking ? (
            <Text as="p" tone="subdued">
              Looking ahead
            </Text>
          ) : null}
        </div>
      </BlockStack>
    </Card>
  );
}

function Answer({ seen, name }: { seen: Seen; name: string }) {
  const { zone } = useBuilderShop();
  const mails = seen.steps.filter(({ outcome }) => outcome === 'sent').length;
  const at = (when: string) => moment(when, { locale: 'en', timeZone: zone, now: seen.startAt });
  const got = mails === 0 ? 'no mail' : mails === 1 ? 'one mail' : `${mails} mails`;
  const { end } = seen;
  const last =
    end.kind === 'open'
      ? `Then it waits: ${seen.why}.`
      : `It would end on ${at(end.at)}${seen.why ? `: ${seen.why}` : ''}.`;
  return (
    <BlockStack gap="150">
      <Text as="p">
        {seen.welcome ? '' : `${name} would not be taken in: the trigger is not for them. If they were: `}
        {`${name} would get ${got} from ${at(seen.startAt)} on. ${last} Your rhythm may move a mail by a while.`}
      </Text>
      {seen.forks.map(({ key, why }) => (
        <Text as="p" tone="subdued" key={key}>
          {`At “${key}”: ${why}.`}
        </Text>
      ))}
    </BlockStack>
  );
}
