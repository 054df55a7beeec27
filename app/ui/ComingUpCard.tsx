import { BlockStack, Card, InlineStack, Link, Text } from '@shopify/polaris';
import { whyArrived } from './arrivalWords.ts';
import type { ArrivalReason } from '../customers/timeline.ts';
import { moment, placeOf, relative } from './format.ts';
import { StopOne } from './StopOne.tsx';

interface Coming {
  enrollmentId: string;
  sequenceName: string;
  class: string | null;
  at: string | Date;
  held: boolean;
}

interface Awaited {
  id: string;
  order: string;
  carrier: string | null;
  country: string | null;
  due: { at: string | Date; rule: ArrivalReason['rule']; days: number | null } | null;
}

/** What comes next for a customer, with dates. */
export function ComingUpCard({
  parcels,
  coming,
  zone,
  now,
}: {
  parcels: readonly Awaited[];
  coming: readonly Coming[];
  zone: string;
  now: string;
}) {
  const when = (at: string | Date) =>
    `${relative(at, now, 'en')}, ${moment(at, { locale: 'en', timeZone: zone, now })}`;
  return (
    <Card>
      <BlockStack gap="300">
        <BlockStack gap="050">
          <Text as="h2" variant="headingMd">
            What comes next
          </Text>
          {coming.length + parcels.length > 0 ? (
            <Text as="p" variant="bodySm" tone="subdued">
              {`On their own clock, in ${placeOf(zone)}.`}
            </Text>
          ) : null}
        </BlockStack>
        {parcels.map((parcel) => (
          <ParcelLine key={parcel.id} parcel={parcel} when={when} />
        ))}
        {coming.length + parcels.length === 0 ? (
          <Text as="p" tone="subdued">
            Nothing is planned. The next order, answer or delivery starts something.
          </Text>
        ) : (
          coming.map((item) => (
            <InlineStack key={item.enrollmentId} align="space-between" gap="400">
              <Text as="p">
                {item.sequenceName}
                {item.class === null ? ', if it fits then' : ''}
              </Text>
              <InlineStack gap="300">
                <Text as="p" tone="subdued">
                  {item.held ? 'when their parcel has arrived' : when(item.at)}
                </Text>
                <StopOne enrollmentId={item.enrollmentId} sequenceName={item.sequenceName} />
              </InlineStack>
            </InlineStack>
          ))
        )}
      </BlockStack>
    </Card>
  );
}

/** A parcel that is on its way, and how its arrival is reckoned as long as no carrier tells. */
function ParcelLine({ parcel, when }: { parcel: Awaited; when: (at: string | Date) => string }) {
  const { due, order, ...way } = parcel;
  if (!due)
    return (
      <Text as="p">
        {`A parcel of ${order} is missed. `}
        <Link url="/app/parcels">Look for it</Link>
      </Text>
    );
  return (
    <BlockStack gap="050">
      <InlineStack align="space-between" gap="400">
        <Text as="p">{`A parcel of ${order} should be there`}</Text>
        <Text as="p" tone="subdued">
          {when(due.at)}
        </Text>
      </InlineStack>
      <Text as="p" variant="bodySm" tone="subdued">
        {`Unless a carrier tells sooner: ${whyArrived({ ...way, rule: due.rule, days: due.days })}.`}
      </Text>
    </BlockStack>
  );
}
