import { BlockStack, Box, Button, Card, InlineStack, Link, Text } from '@shopify/polaris';
import { MAY, type DifferenceDetail, type DifferenceKind, type Settlement } from '../../rewards/compare.ts';
import { givenText } from '../../rewards/words.ts';
import { CustomerLink } from '../CustomerLink.tsx';
import { moment } from '../format.ts';
import { accountText, amountText, capital, DIFFERENCES, SETTLED, settlementText } from './rewardWords.ts';

interface Row {
  id: string;
  kind: DifferenceKind;
  rewardId: string;
  customerId: string | null;
  customerName: string | null;
  detail: DifferenceDetail;
  state: string;
  foundAt: string | Date;
  settledAt: string | Date | null;
  settledBy: string | null;
}

interface DifferenceListProps {
  title: string;
  /** Said when there is none. */
  empty: string;
  rows: readonly Row[];
  zone: string;
  now: string;
  busy?: boolean;
  /** Without it the list is only read. */
  onSettle?: (id: string, how: Settlement) => void;
}

export function DifferenceList({
  title,
  empty,
  rows,
  onSettle,
  busy = false,
  ...frame
}: DifferenceListProps) {
  return (
    <Card>
      <BlockStack gap="300">
        <Text as="h2" variant="headingMd">
          {title}
        </Text>
        {rows.length === 0 ? (
          <Text as="p" tone="subdued">
            {empty}
          </Text>
        ) : null}
        {rows.map((row) => (
          <Box
            key={row.id}
            borderBlockStartWidth="025"
            borderColor="border-secondary"
            paddingBlockStart="300"
          >
            <Difference row={row} {...frame} busy={busy} {...(onSettle ? { onSettle } : {})} />
          </Box>
        ))}
      </BlockStack>
    </Card>
  );
}

type DifferenceProps = Omit<DifferenceListProps, 'title' | 'empty' | 'rows'> & { row: Row };

function Difference({ row, zone, now, busy, onSettle }: DifferenceProps) {
  const { id, kind, detail, rewardId, customerId, customerName, state } = row;
  const at = (date: string | Date) => moment(date, { locale: 'en', timeZone: zone, now });
  const isOpen = state === 'open' && onSettle;
  return (
    <BlockStack gap="200">
      <Text as="p" fontWeight="semibold">
        {DIFFERENCES[kind]}
      </Text>
      <InlineStack gap="300" wrap>
        {kind === 'unknown-here' ? null : (
          <Link url={`/app/referrals/rewards/${rewardId}`}>
            {detail.given ? capital(givenText(detail.given, 'en')) : 'The reward'}
          </Link>
        )}
        {kind === 'unknown-here' && detail.given ? (
          <Text as="span">{capital(givenText(detail.given, 'en'))}</Text>
        ) : null}
        {customerId ? <CustomerLink id={customerId} name={customerName} /> : null}
        {detail.code ? <Text as="span">{detail.code}</Text> : null}
        <Text as="span" tone="subdued">{`Found ${at(row.foundAt)}`}</Text>
      </InlineStack>
      <Sides kind={kind} detail={detail} />
      {isOpen ? (
        <InlineStack gap="200" wrap>
          {MAY[kind].map((how, place) => (
            <Button
              key={how}
              {...(place === 0 ? {} : { variant: 'tertiary' as const })}
              disabled={busy === true}
              onClick={() => onSettle(id, how)}
            >
              {settlementText(kind, how)}
            </Button>
          ))}
        </InlineStack>
      ) : (
        <Text as="p" tone="subdued">
          {`${capital(SETTLED[state] ?? state)}${row.settledAt ? `, ${at(row.settledAt)}` : ''}${row.settledBy ? `, by ${row.settledBy}` : ''}`}
        </Text>
      )}
    </BlockStack>
  );
}

/** What each side says, where both say something. */
function Sides({ kind, detail }: { kind: DifferenceKind; detail: DifferenceDetail }) {
  const { expected, found, currency = '' } = detail;
  if (found === undefined) return null;
  const shown = (side: string) =>
    kind === 'books'
      ? amountText(side, currency)
      : side.replace(/^(\d+) ([A-Z]{3})$/, (_all, minor: string, unit: string) => amountText(minor, unit));
  const words =
    expected === undefined
      ? `At Shopify: ${shown(found)}`
      : kind === 'books'
        ? `${capital(accountText(`${detail.account ?? ''}:`))}: its state says ${shown(expected)}, and ${shown(found)} is booked`
        : `Given: ${shown(expected)}. At Shopify: ${shown(found)}`;
  return <Text as="p">{words}</Text>;
}
