import { redirect, type ActionFunctionArgs, type LoaderFunctionArgs } from '@remix-run/node';
import { useActionData, useLoaderData, useNavigation, useSubmit } from '@remix-run/react';
import {
  Banner,
  BlockStack,
  Button,
  Card,
  FormLayout,
  IndexTable,
  InlineStack,
  Page,
  Select,
  Text,
  TextField,
} from '@shopify/polaris';
import { useState } from 'react';
import { authenticateAdmin } from '../adapters/shopify/authenticate.server.ts';
import { now } from '../clock.server.ts';
import { fieldsOf } from '../fields.server.ts';
import { listProducts } from '../products/products.server.ts';
import { listEvents, makeEvent } from '../stories/stories.server.ts';
import { cleanText } from '../stories/story.ts';
import { app } from '../wiring.server.ts';

const MOST_PRODUCTS = 250;

export async function loader({ request }: LoaderFunctionArgs) {
  const { shop } = await authenticateAdmin(request);
  return app().db.inShop(shop.id, async (tx) => {
    const events = await listEvents(tx, shop.id);
    const { products } = await listProducts(tx, shop.id, { limit: MOST_PRODUCTS });
    return {
      events: events.map(({ productId, ...event }) => ({ ...event, productId: String(productId) })),
      products: products.map(({ id, title }) => ({ value: String(id), label: title })),
    };
  });
}

export async function action({ request }: ActionFunctionArgs) {
  const { shop } = await authenticateAdmin(request);
  const fields = await fieldsOf(request);
  const [name, day, product] = [cleanText(fields.text('name')), fields.text('day'), fields.text('product')];
  if (!name || name.length > 80) return { problem: 'Give it a name of up to 80 characters.' };
  const isDay = /^\d{4}-\d\d-\d\d$/.test(day) && !Number.isNaN(Date.parse(day));
  if (!isDay) return { problem: 'Choose the day it was.' };
  if (!/^\d{1,18}$/.test(product)) return { problem: 'Choose the ticket that people bought.' };
  const event = { name, day, productId: BigInt(product) };
  const id = await app().db.inShop(shop.id, (tx) => makeEvent(tx, shop.id, event, now()));
  return id ? redirect(`/app/stories/events/${id}`) : { problem: 'Choose the ticket that people bought.' };
}

export default function Events() {
  const { events, products } = useLoaderData<typeof loader>();
  const problem = useActionData<{ problem?: string }>()?.problem;
  const busy = useNavigation().state === 'submitting';
  const submit = useSubmit();
  const [name, setName] = useState('');
  const [day, setDay] = useState('');
  const [product, setProduct] = useState('');
  return (
    <Page title="Events" backAction={{ content: 'Stories', url: '/app/stories' }}>
      <BlockStack gap="400">
        <Card>
          <BlockStack gap="300">
            <Text as="h2" variant="headingMd">
              A day to look back on
            </Text>
            <Text as="p" tone="subdued">
              A workshop, a tasting, an open day. Upload its pictures, and everybody who bought the ticket
              gets a mail: they find themselves, and share what they like.
            </Text>
            {problem ? <Banner tone="critical">{problem}</Banner> : null}
            <FormLayout>
              <FormLayout.Group>
                <TextField label="Name" value={name} maxLength={80} autoComplete="off" onChange={setName} />
                <TextField label="Day" type="date" value={day} autoComplete="off" onChange={setDay} />
              </FormLayout.Group>
              <Select
                label="Ticket"
                placeholder="Choose a product"
                options={products}
                value={product}
                helpText="Whoever bought it was there."
                onChange={setProduct}
              />
            </FormLayout>
            <InlineStack>
              <Button loading={busy} onClick={() => submit({ name, day, product }, { method: 'post' })}>
                Make it
              </Button>
            </InlineStack>
          </BlockStack>
        </Card>
        {events.length === 0 ? null : (
          <Card padding="0">
            <IndexTable
              selectable={false}
              itemCount={events.length}
              resourceName={{ singular: 'event', plural: 'events' }}
              headings={[
                { title: 'Event' },
                { title: 'Day' },
                { title: 'Pictures' },
                { title: 'Were there' },
                { title: 'Found themselves' },
              ]}
            >
              {events.map((event, at) => (
                <IndexTable.Row key={event.id} id={event.id} position={at}>
                  <IndexTable.Cell>
                    <Button variant="plain" url={`/app/stories/events/${event.id}`}>
                      {event.name}
                    </Button>
                  </IndexTable.Cell>
                  <IndexTable.Cell>{event.day}</IndexTable.Cell>
                  <IndexTable.Cell>{event.pictures}</IndexTable.Cell>
                  <IndexTable.Cell>{event.attendees}</IndexTable.Cell>
                  <IndexTable.Cell>{event.found}</IndexTable.Cell>
                </IndexTable.Row>
              ))}
            </IndexTable>
          </Card>
        )}
      </BlockStack>
    </Page>
  );
}
