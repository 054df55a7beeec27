import { useFetcher } from '@remix-run/react';
import { BlockStack, Button, Card, InlineStack, Text } from '@shopify/polaris';
import { useEffect, useState } from 'react';
import { relative } from '../format.ts';
import { useSaved } from '../useSaved.ts';
import { useToast } from '../useToast.ts';
import type { LoyaltyView } from '../../loyalty/view.ts';
import { GiveModal } from './GiveModal.tsx';
import type { GestureView } from './gestureView.ts';

interface Given {
  gestures: (Omit<GestureView, 'at'> & { at: string })[];
  currency: string;
  loyalty: LoyaltyView | null;
}

interface Props {
  customerId: string;
  name: string;
  now: string;
}

/** What they were given without being asked, and the door to give something. Fetches what it shows. */
export function GesturesOfCustomer({ customerId, name, now }: Props) {
  const { data, load } = useFetcher<Given>();
  const giver = useFetcher<{
    toast?: string;
    saved?: boolean;
    refused?: string;
    errors?: Record<string, string>;
  }>();
  const [giving, setGiving] = useState(false);
  const url = `/app/gestures/of/${customerId}`;
  useEffect(() => load(url), [load, url]);
  useToast(giver.data?.toast);
  useSaved(giver.data, () => setGiving(false));
  return (
    <Card>
      <BlockStack gap="300">
        <InlineStack align="space-between" blockAlign="center">
          <Text as="h2" variant="headingMd">
            Gestures
          </Text>
          <Button disabled={!data} onClick={() => setGiving(true)}>
            Give something
          </Button>
        </InlineStack>
        {!data || data.gestures.length === 0 ? (
          <Text as="p" tone="subdued">
            Nothing has been given to them yet.
          </Text>
        ) : (
          data.gestures.map((row) => (
            <BlockStack key={row.id}>
              <Text as="p">{row.what}</Text>
              <Text as="p" tone="subdued">
                {`${row.why}. ${row.stateInWords}, ${relative(row.at, now, 'en')}`}
              </Text>
              {row.happened ? <Text as="p" tone="subdued">{`“${row.happened}”`}</Text> : null}
            </BlockStack>
          ))
        )}
        {data?.loyalty ? (
          <LoyaltyLines
            loyalty={data.loyalty}
            busy={giver.state !== 'idle'}
            onRedeem={() => giver.submit({ intent: 'redeem' }, { method: 'post', action: url })}
          />
        ) : null}
      </BlockStack>
      {data && giving ? (
        <GiveModal
          name={name}
          currency={data.currency}
          busy={giver.state !== 'idle'}
          refused={giver.data?.refused}
          errors={giver.data?.errors ?? {}}
          onGive={(fields) => giver.submit(fields, { method: 'post', action: url })}
          onClose={() => setGiving(false)}
        />
      ) : null}
    </Card>
  );
}

interface LoyaltyLinesProps {
  loyalty: LoyaltyView;
  busy: boolean;
  onRedeem: () => void;
}

/** What comes with their stage, and their points; as they read it themselves. */
function LoyaltyLines({ loyalty: { benefits, points }, busy, onRedeem }: LoyaltyLinesProps) {
  return (
    <BlockStack gap="200">
      <Text as="h3" variant="headingSm">
        They read
      </Text>
      {benefits.map((benefit) => (
        <Text as="p" key={benefit}>
          {benefit}
        </Text>
      ))}
      {points ? <Text as="p">{points.sentence}</Text> : null}
      {points?.canRedeem ? (
        <Button loading={busy} onClick={onRedeem}>
          {points.redeem}
        </Button>
      ) : null}
    </BlockStack>
  );
}
