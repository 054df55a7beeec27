import type { FetcherWithComponents } from '@remix-run/react';
import {
  BlockStack,
  Button,
  Card,
  DataTable,
  DescriptionList,
  InlineStack,
  Modal,
  Text,
  TextField,
} from '@shopify/polaris';
import { useState } from 'react';
import type { Given } from '../../rewards/reward.ts';
import { CustomerLink } from '../CustomerLink.tsx';
import { moment, placeOf } from '../format.ts';
import { useSaved } from '../useSaved.ts';
import { AllowGiving } from './AllowGiving.tsx';
import { accountText, amountText, capital, causeText, standing, wasRefused } from './rewardWords.ts';

interface Answer {
  toast?: string;
  error?: string;
  saved?: boolean;
}

export interface RewardStoryProps {
  reward: {
    id: string;
    cause: string;
    customerId: string;
    customerName: string | null;
    state: string;
    reason: { code?: string; withdrawn?: string; note?: string; by?: string };
    byName: string | null;
    code: string | null;
    dueAt: string | Date | null;
    expiresAt: string | Date | null;
    amount: string;
    used: string;
    currency: string;
  } & Given;
  bookings: readonly {
    transfer: string;
    at: string | Date;
    from: string;
    to: string;
    amount: string;
    currency: string;
  }[];
  zone: string;
  now: string;
  fetcher: FetcherWithComponents<Answer>;
}

const OPEN = ['held', 'issuing', 'issued'];

/** One reward: where it stands and why, what may be done, and every move of its value. */
export function RewardStory({ reward, bookings, zone, now, fetcher }: RewardStoryProps) {
  const at = (date: string | Date | null) =>
    date ? moment(date, { locale: 'en', timeZone: zone, now }) : '–';
  const busy = fetcher.state !== 'idle';
  const [ending, setEnding] = useState(false);
  const retry = () => fetcher.submit({ intent: 'retry' }, { method: 'post' });
  return (
    <BlockStack gap="400">
      <Card>
        <BlockStack gap="300">
          <Text as="p" variant="bodyLg">
            {`${standing(reward)}${reward.reason.code === 'staff' ? ` by ${reward.byName ?? `staff ${reward.reason.by ?? ''}`}` : ''}`}
          </Text>
          <DescriptionList
            gap="tight"
            items={[
              {
                term: 'For',
                description: <CustomerLink id={reward.customerId} name={reward.customerName} />,
              },
              { term: 'Because of', description: capital(causeText(reward.cause)) },
              { term: 'Code', description: reward.code ?? '–' },
              { term: 'In the ledger', description: amountText(reward.amount, reward.currency) },
              { term: 'Used of it', description: amountText(reward.used, reward.currency) },
              { term: 'Runs out', description: at(reward.expiresAt) },
            ]}
          />
          <InlineStack gap="200">
            {wasRefused(reward) && reward.reason.code === 'ACCESS_DENIED' ? (
              <AllowGiving kind={reward.kind} onAllowed={retry} />
            ) : null}
            {wasRefused(reward) ? (
              <Button disabled={busy} onClick={retry}>
                Try again
              </Button>
            ) : null}
            {OPEN.includes(reward.state) ? (
              <Button tone="critical" disabled={busy} onClick={() => setEnding(true)}>
                Take it back
              </Button>
            ) : null}
          </InlineStack>
        </BlockStack>
      </Card>
      <Card>
        <BlockStack gap="300">
          <Text as="h2" variant="headingMd">
            Why it is owed, move by move
          </Text>
          <DataTable
            columnContentTypes={['text', 'numeric', 'text', 'text']}
            headings={['When', 'How much', 'From', 'To']}
            rows={bookings.map(({ at: when, amount, currency, from, to }) => [
              at(when),
              amountText(amount, currency),
              capital(accountText(from)),
              capital(accountText(to)),
            ])}
          />
          <Text as="p" variant="bodySm" tone="subdued">
            {`Times in ${placeOf(zone)}.`}
          </Text>
        </BlockStack>
      </Card>
      {ending ? <TakeBack fetcher={fetcher} onClose={() => setEnding(false)} /> : null}
    </BlockStack>
  );
}

function TakeBack({ fetcher, onClose }: { fetcher: FetcherWithComponents<Answer>; onClose: () => void }) {
  const [note, setNote] = useState('');
  useSaved(fetcher.data, onClose);
  const end = () => fetcher.submit({ intent: 'void', note }, { method: 'post' });
  return (
    <Modal
      open
      title="Take this reward back?"
      onClose={onClose}
      primaryAction={{
        content: 'Take it back',
        destructive: true,
        onAction: end,
        loading: fetcher.state !== 'idle',
      }}
      secondaryActions={[{ content: 'Keep it', onAction: onClose }]}
    >
      <Modal.Section>
        <TextField
          label="Why"
          autoComplete="off"
          maxLength={300}
          value={note}
          onChange={setNote}
          error={fetcher.data?.error}
          helpText="It is ended at Shopify as well. What has been used stays used."
        />
      </Modal.Section>
    </Modal>
  );
}
