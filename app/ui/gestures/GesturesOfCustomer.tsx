import { useFetcher } from '@remix-run/react';
import { BlockStack, Button, Card, InlineStack, Text } from '@shopify/polaris';
import { useEffect, useState } from 'react';
import { relative } from '../format.ts';
import { useSaved } from '../useSaved.ts';
import { useToast } from '../useToast.ts';
import { GiveModal } from './GiveModal.tsx';
import type { GestureView } from './gestureView.ts';

interface Props {
  customerId: string;
  name: string;
  now: string;
}

/** What they were given without being asked, and the door to give something. Fetches what it shows. */
export function GesturesOfCustomer({ customerId, name, now }: Props) {
  const { data, load } = useFetcher<{
    gestures: (Omit<GestureView, 'at'> & { at: string })[];
    currency: string;
  }>();
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
