import { BlockStack, Button, Card, InlineStack, Link, Text } from '@shopify/polaris';
import { sumsName } from '../../rewards/payout.ts';
import { moment } from '../format.ts';
import { amountText } from './rewardWords.ts';

interface PayoutListProps {
  sums: readonly {
    batch: string | null;
    currency: string;
    count: number;
    amount: string;
    takenOff: string;
    isPaid: boolean;
    since: string | Date;
  }[];
  /** What is owed back and was not taken off yet. */
  debts: readonly {
    rewardId: string;
    customerId: string;
    name: string | null;
    currency: string;
    amount: string;
  }[];
  zone: string;
  now: string;
  busy: boolean;
  onGather: () => void;
  /** @param shown what stands here of the batch */
  onPaid: (batch: string, shown: string) => void;
  onForgive: (rewardId: string) => void;
  onSave: (batch: string) => void;
}

/** What waits to be paid, and the batches in which it is. */
export function PayoutList(props: PayoutListProps) {
  const { sums, debts, zone, now, busy, onGather, onPaid, onForgive, onSave } = props;
  const shownOf = (batch: string) => sumsName(sums.filter((sum) => sum.batch === batch && !sum.isPaid));
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
              {waiting.map(({ currency, count, amount, takenOff }) => (
                <Text as="p" key={currency}>
                  {`${amountText(amount, currency)} for ${count === 1 ? 'one reward' : `${count} rewards`}`}
                  {lessText(takenOff, currency)}
                </Text>
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
            {batches.map(({ batch, currency, count, amount, takenOff, isPaid, since }) => (
              <InlineStack
                key={`${batch} ${currency} ${isPaid}`}
                gap="300"
                align="space-between"
                blockAlign="center"
              >
                <Text as="p">
                  <Text as="span" fontWeight="semibold" numeric>
                    {amountText(amount, currency)}
                  </Text>
                  {lessText(takenOff, currency)}
                  <Text as="span" tone="subdued">
                    {` · ${count === 1 ? 'one reward' : `${count} rewards`} · ${moment(since, { locale: 'en', timeZone: zone, now })}`}
                  </Text>
                </Text>
                <InlineStack gap="200" blockAlign="center">
                  <Button size="slim" onClick={() => onSave(batch)}>
                    List as CSV
                  </Button>
                  {isPaid ? (
                    <Text as="span" tone="subdued">
                      paid
                    </Text>
                  ) : (
                    <Button
                      size="slim"
                      variant="primary"
                      disabled={busy}
                      onClick={() => onPaid(batch, shownOf(batch))}
                    >
                      Mark as paid
                    </Button>
                  )}
                </InlineStack>
              </InlineStack>
            ))}
          </BlockStack>
        </Card>
      )}
      {debts.length === 0 ? null : (
        <Card>
          <BlockStack gap="300">
            <Text as="h2" variant="headingMd">
              Owed back
            </Text>
            <Text as="p" tone="subdued">
              It was paid before the order came back. The next payout takes it off by itself.
            </Text>
            {debts.map(({ rewardId, customerId, name, amount, currency }) => (
              <InlineStack key={rewardId} gap="300" blockAlign="center">
                <Link url={`/app/customers/${customerId}`}>{name ?? 'A customer'}</Link>
                <Text as="span">{amountText(amount, currency)}</Text>
                <Button
                  size="slim"
                  disabled={busy}
                  accessibilityLabel={`Let ${name ?? 'them'} keep ${amountText(amount, currency)}`}
                  onClick={() => onForgive(rewardId)}
                >
                  Let them keep it
                </Button>
              </InlineStack>
            ))}
          </BlockStack>
        </Card>
      )}
    </BlockStack>
  );
}

const lessText = (takenOff: string, currency: string) =>
  takenOff === '0' ? '' : `, after ${amountText(takenOff, currency)} that was owed back`;
