import {
  BlockStack,
  Button,
  ButtonGroup,
  Card,
  InlineStack,
  Link,
  List,
  Text,
  TextField,
} from '@shopify/polaris';
import { useState } from 'react';
import { reasonText, roadText, type Standing } from '../../referrals/reasons.ts';
import { moment } from '../format.ts';
import { chainInWords, sharedInWords } from './graphWords.ts';
import { stepInWords } from './stepWords.ts';

interface WhyProps {
  standing: Standing;
  reasons: readonly string[];
  advocateName: string | null;
}

/** What speaks against it, in the words that the advocate reads too, and what would change it. */
export function WhyCard({ standing, reasons, advocateName }: WhyProps) {
  return (
    <Card>
      <BlockStack gap="300">
        <Text as="h2" variant="headingMd">
          Why
        </Text>
        {reasons.length === 0 ? (
          <Text as="p">Nothing speaks against it.</Text>
        ) : (
          <List>
            {reasons.map((reason) => (
              <List.Item key={reason}>{reasonText(reason, 'en')}</List.Item>
            ))}
          </List>
        )}
        <Text as="p">{roadText(standing, 'en')}</Text>
        <Text as="p" variant="bodySm" tone="subdued">
          {`${advocateName ?? 'Whoever invited'} reads the same words, in their own language.`}
        </Text>
      </BlockStack>
    </Card>
  );
}

interface SeenProps {
  shared: Parameters<typeof sharedInWords>[0];
  inviters: readonly { customerId: string; name: string | null }[];
}

/** What we saw: only the staff reads it. */
export function SeenCard({ shared, inviters }: SeenProps) {
  const seen = sharedInWords(shared);
  const chain = chainInWords(inviters);
  return (
    <Card>
      <BlockStack gap="300">
        <Text as="h2" variant="headingMd">
          What the orders have in common
        </Text>
        {seen.length > 0 ? (
          <List>
            {seen.map((line) => (
              <List.Item key={line}>{line}</List.Item>
            ))}
          </List>
        ) : (
          <Text as="p" tone="subdued">
            Nothing that we know of. Only what orders themselves tell is compared, as fingerprints that nobody
            can read.
          </Text>
        )}
        {chain ? <Text as="p">{chain}</Text> : null}
      </BlockStack>
    </Card>
  );
}

interface DecisionProps {
  /** It was said no to by a person, or ended by a bank: saying yes wants a reason. */
  wantsReason: boolean;
  mayRelease: boolean;
  mayRefuse: boolean;
  busy: boolean;
  error: string | undefined;
  onDecide: (intent: 'release' | 'refuse', reason: string) => void;
}

/** A person decides, and writes down why. */
export function DecisionCard({ wantsReason, mayRelease, mayRefuse, busy, error, onDecide }: DecisionProps) {
  const [reason, setReason] = useState('');
  if (!mayRelease && !mayRefuse) return null;
  return (
    <Card>
      <BlockStack gap="300">
        <Text as="h2" variant="headingMd">
          Your decision
        </Text>
        <TextField
          label={wantsReason ? 'Why it counts after all' : 'Why (you may leave it empty)'}
          value={reason}
          onChange={setReason}
          multiline={2}
          maxLength={1000}
          autoComplete="off"
          helpText="Kept in the history with your name; only your staff reads it."
          error={error}
        />
        <ButtonGroup>
          {mayRelease ? (
            <Button variant="primary" disabled={busy} onClick={() => onDecide('release', reason)}>
              Let it count
            </Button>
          ) : null}
          {mayRefuse ? (
            <Button disabled={busy} onClick={() => onDecide('refuse', reason)}>
              Refuse
            </Button>
          ) : null}
        </ButtonGroup>
      </BlockStack>
    </Card>
  );
}

interface HistoryProps {
  steps: readonly {
    at: string | Date;
    step: string;
    by: string;
    name: string | null;
    reasons: string[];
    note: string | null;
  }[];
  zone: string;
  now: string;
}

/** What became of it, newest first. */
export function HistoryCard({ steps, zone, now }: HistoryProps) {
  return (
    <Card>
      <BlockStack gap="300">
        <Text as="h2" variant="headingMd">
          History
        </Text>
        {[...steps].reverse().map((step) => (
          <BlockStack key={`${String(step.at)} ${step.step}`} gap="050">
            <InlineStack align="space-between" gap="200">
              <Text as="h3" variant="headingSm">
                {stepInWords(step)}
              </Text>
              <Text as="span" tone="subdued">
                {moment(step.at, { locale: 'en', timeZone: zone, now })}
              </Text>
            </InlineStack>
            {step.note ? <Text as="p">{`“${step.note}”`}</Text> : null}
            {step.by === 'rule' && step.reasons.length > 0 ? (
              <Text as="p" tone="subdued">
                {step.reasons.map((reason) => reasonText(reason, 'en')).join(' ')}
              </Text>
            ) : null}
          </BlockStack>
        ))}
        {steps.some(({ step }) => step === 'appealed') ? (
          <Link url="/app/conversations">Answer it in the inbox</Link>
        ) : null}
      </BlockStack>
    </Card>
  );
}
