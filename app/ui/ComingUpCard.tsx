import { BlockStack, Card, InlineStack, Text } from '@shopify/polaris';
import { moment, placeOf, relative } from './format.ts';
import { StopOne } from './StopOne.tsx';

interface Coming {
  enrollmentId: string;
  sequenceName: string;
  class: string | null;
  at: string | Date;
}

/** What comes next for a customer, with dates. */
export function ComingUpCard({
  coming,
  zone,
  now,
}: {
  coming: readonly Coming[];
  zone: string;
  now: string;
}) {
  return (
    <Card>
      <BlockStack gap="300">
        <BlockStack gap="050">
          <Text as="h2" variant="headingMd">
            What comes next
          </Text>
          {coming.length > 0 ? (
            <Text as="p" variant="bodySm" tone="subdued">
              {`On their own clock, in ${placeOf(zone)}.`}
            </Text>
          ) : null}
        </BlockStack>
        {coming.length === 0 ? (
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
                  {`${relative(item.at, now, 'en')}, ${moment(item.at, { locale: 'en', timeZone: zone, now })}`}
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
