import { BlockStack, Card, Link, Text } from '@shopify/polaris';
import { moment, relative } from '../format.ts';

interface StoryPaneProps {
  customer: {
    id: string;
    stageSentence: string;
    ordersCount: number;
    place: string;
    email: string | null;
  } | null;
  lines: readonly { id: string; at: string | Date; sentence: string }[];
  others: readonly { id: string; preview: string; state: string; heardAt: string | Date }[];
  urlOf: (id: string) => string;
  /** Where they are. */
  zone: string;
  now: string;
}

/** Who speaks: how close they are, what else they said, what has happened between them and the shop. */
export function StoryPane({ customer, lines, others, urlOf, zone, now }: StoryPaneProps) {
  if (!customer)
    return (
      <Card>
        <Text as="p" tone="subdued">
          Nobody knows yet who this is. When an order comes from this address, their story stands here.
        </Text>
      </Card>
    );
  const orders = customer.ordersCount === 1 ? 'one order' : `${customer.ordersCount} orders`;
  return (
    <Card>
      <BlockStack gap="300">
        <BlockStack gap="100">
          <Text as="p" breakWord>
            {customer.stageSentence}
          </Text>
          <Text as="p" tone="subdued" breakWord>
            {[orders, customer.place, customer.email].filter(Boolean).join(' · ')}
          </Text>
          <Text as="p" tone="subdued">{`There it is ${moment(now, { locale: 'en', timeZone: zone })}.`}</Text>
        </BlockStack>
        {others.length > 0 ? (
          <BlockStack gap="100">
            <Text as="h3" variant="headingSm">
              What else they said
            </Text>
            {others.map((other) => (
              <Link key={other.id} url={urlOf(other.id)} monochrome>
                {`${other.preview || 'Without words'} (${relative(other.heardAt, now, 'en')})`}
              </Link>
            ))}
          </BlockStack>
        ) : null}
        <BlockStack gap="100">
          <Text as="h3" variant="headingSm">
            Their story
          </Text>
          {lines.map((line) => (
            <Text key={line.id} as="p" variant="bodySm" breakWord>
              {`${moment(line.at, { locale: 'en', timeZone: zone, now })}: ${line.sentence}`}
            </Text>
          ))}
          <Link url={`/app/customers/${customer.id}`}>All of it</Link>
        </BlockStack>
      </BlockStack>
    </Card>
  );
}
