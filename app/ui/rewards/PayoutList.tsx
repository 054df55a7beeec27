import { BlockStack, Button, Card, DataTable, InlineStack, Text } from '@shopify/polaris';
import { moment } from '../format.ts';
import { amountText } from './rewardWords.ts';

interface PayoutListProps {
  sums: readonly {
    batch: string | null;
    currency: string;
    count: number;
    amount: string;
    isPaid: boolean;
    since: string | Date;
  }[];
  zone: string;
  now: string;
  busy: boolean;
  onGather: () => void;
  onPaid: (batch: string) => void;
  onSave: (batch: string) => void;
}

/** What waits to be paid, and the batches in which it is. */
export function PayoutList({ sums, zone, now, busy, onGather, onPaid, onSave }: PayoutListProps) {
  const waiting = sums.filter(({ batch }) => batch === null);
  const batches = sums.flatMap((sum) => (sum.batch === null ? [] : [{ ...sum, batch: sum.batch }]));
  return (
    <BlockStack gap="400">
      <Card>
        <BlockStack gap="300">
          <Text as="h2" variant="headingMd">
            Waiting to be paid
          </Text>
          {waiting.length === 0 ? (
            <Text as="p" tone="subdued">
              Nothing waits. A commission comes here when its return window has passed.
            </Text>
          ) : (
            <>
              {waiting.map(({ currency, count, amount }) => (
                <Text
                  as="p"
                  key={currency}
                >{`${amountText(amount, currency)} for ${count === 1 ? 'one reward' : `${count} rewards`}`}</Text>
              ))}
              <InlineStack>
                <Button variant="primary" disabled={busy} onClick={onGather}>
                  Make a batch of it
                </Button>
              </InlineStack>
            </>
          )}
        </BlockStack>
      </Card>
      {batches.length === 0 ? null : (
        <Card>
          <BlockStack gap="300">
            <Text as="h2" variant="headingMd">
              Batches
            </Text>
            <DataTable
              columnContentTypes={['text', 'numeric', 'numeric', 'text']}
              headings={['Since', 'Rewards', 'Amount', '']}
              rows={batches.map(({ batch, currency, count, amount, isPaid, since }) => [
                moment(since, { locale: 'en', timeZone: zone, now }),
                count,
                amountText(amount, currency),
                <InlineStack key={`${batch} ${currency} ${isPaid}`} gap="200" blockAlign="center">
                  <Button size="slim" onClick={() => onSave(batch)}>
                    List as CSV
                  </Button>
                  {isPaid ? (
                    <Text as="span" tone="subdued">
                      paid
                    </Text>
                  ) : (
                    <Button size="slim" variant="primary" disabled={busy} onClick={() => onPaid(batch)}>
                      Mark as paid
                    </Button>
                  )}
                </InlineStack>,
              ])}
            />
          </BlockStack>
        </Card>
      )}
    </BlockStack>
  );
}
