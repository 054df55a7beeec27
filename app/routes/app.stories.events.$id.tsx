import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node';
import { useFetcher, useLoaderData, useRevalidator } from '@remix-run/react';
import { BlockStack, Card, Page, Text } from '@shopify/polaris';
import { authenticateAdmin } from '../adapters/shopify/authenticate.server.ts';
import { now } from '../clock.server.ts';
import { isUuid } from '../cursor.ts';
import { fieldsOf, idOrMissing, unknownIntent } from '../fields.server.ts';
import { fileUrl } from '../files/file.ts';
import { addPictures, eventById, invite, picturesOf, removePicture } from '../stories/stories.server.ts';
import { EventAlbum, EventDrop } from '../ui/EventAlbum.tsx';
import { useToast } from '../ui/useToast.ts';
import { app } from '../wiring.server.ts';

const MISSING = 'There is no such event';

export async function loader({ request, params }: LoaderFunctionArgs) {
  const { shop } = await authenticateAdmin(request);
  const id = idOrMissing(params['id'], MISSING);
  return app().db.inShop(shop.id, async (tx) => {
    const event = await eventById(tx, shop.id, id);
    if (!event) throw new Response(MISSING, { status: 404 });
    const pictures = await picturesOf(tx, shop.id, id, null);
    return {
      event: { ...event, productId: String(event.productId) },
      pictures: pictures.map(({ file, isHidden, people }) => ({
        id: file.id,
        isHidden,
        people,
        small: fileUrl(app().filesOrigin, file, 320),
      })),
      token: app().uploads.sign({ shopId: shop.id, purpose: 'event', customerId: null }, now()),
    };
  });
}

export async function action({ request, params }: ActionFunctionArgs) {
  const { shop } = await authenticateAdmin(request);
  const id = idOrMissing(params['id'], MISSING);
  const fields = await fieldsOf(request);
  return app().db.inShop(shop.id, async (tx) => {
    if (!(await eventById(tx, shop.id, id))) throw new Response(MISSING, { status: 404 });
    switch (fields.text('intent')) {
      case 'add': {
        const added = await addPictures(tx, shop.id, id, fields.texts('file').filter(isUuid), now());
        return { toast: added === 1 ? 'One picture more' : `${added} pictures more` };
      }
      case 'remove': {
        const file = idOrMissing(fields.text('file'), 'There is no such picture');
        const gone = await removePicture(tx, shop.id, id, file);
        return { toast: gone ? 'Removed' : 'It was gone already' };
      }
      case 'invite': {
        const told = await invite(tx, shop, id, now());
        if (!told) return { toast: 'Everybody has been told already' };
        return { toast: told === 1 ? 'One mail is on its way' : `${told} mails are on their way` };
      }
      default:
        return unknownIntent();
    }
  });
}

export default function EventPage() {
  const { event, pictures, token } = useLoaderData<typeof loader>();
  const fetcher = useFetcher<typeof action>();
  const { revalidate } = useRevalidator();
  useToast(fetcher.data?.toast);
  const post = (fields: [string, string][]) => {
    const form = new FormData();
    for (const [name, value] of fields) form.append(name, value);
    fetcher.submit(form, { method: 'post' });
  };
  const people = event.attendees === 1 ? 'one customer' : `${event.attendees} customers`;
  return (
    <Page
      title={event.name}
      subtitle={`${event.day}, known by ${event.productTitle ?? 'a ticket'}: ${people}, ${event.found} found themselves`}
      backAction={{ content: 'Events', url: '/app/stories/events' }}
      primaryAction={{
        content: event.invitedAt ? 'Tell those who came since' : 'Tell everybody who was there',
        disabled: pictures.length === 0 || event.attendees === 0,
        loading: fetcher.state !== 'idle',
        onAction: () => post([['intent', 'invite']]),
      }}
    >
      <BlockStack gap="400">
        <Card>
          <EventDrop
            token={token}
            onSent={(ids) => {
              post([['intent', 'add'], ...ids.map((id): [string, string] => ['file', id])]);
              revalidate();
            }}
          />
        </Card>
        {pictures.length === 0 ? (
          <Text as="p" tone="subdued" alignment="center">
            No pictures yet. Those who were there see them by their own link, and nobody else does.
          </Text>
        ) : (
          <EventAlbum
            pictures={pictures}
            onRemove={(id) =>
              post([
                ['intent', 'remove'],
                ['file', id],
              ])
            }
          />
        )}
      </BlockStack>
    </Page>
  );
}
