import type { LinksFunction, LoaderFunctionArgs } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { Card, EmptyState, Page } from '@shopify/polaris';
import { authenticateAdmin } from '../adapters/shopify/authenticate.server.ts';
import { gestureTasks, storiesOfCustomers } from '../gestures/gestures.server.ts';
import { CardSheet } from '../ui/gestures/CardSheet.tsx';
import cardStyles from '../ui/gestures/cards.css?url';
import { gestureView } from '../ui/gestures/gestureView.ts';
import { storyView } from '../ui/gestures/storyWords.ts';
import { app } from '../wiring.server.ts';

export const links: LinksFunction = () => [{ rel: 'stylesheet', href: cardStyles }];

/** Printed at once. */
const MOST = 100;

export async function loader({ request }: LoaderFunctionArgs) {
  const { shop } = await authenticateAdmin(request);
  return app().db.inShop(shop.id, async (tx) => {
    const rows = await gestureTasks(tx, { kind: 'note', limit: MOST });
    const stories = await storiesOfCustomers(tx, shop.id, [
      ...new Set(rows.map(({ customerId }) => customerId)),
    ]);
    return {
      shop: shop.name,
      cards: rows.map((row) => {
        const { id, why, note, order } = gestureView(row);
        const story = stories.get(row.customerId);
        return { id, why, note, order, story: story ? storyView(story, { zone: shop.timeZone }) : null };
      }),
    };
  });
}

export default function Cards() {
  const { cards, shop } = useLoaderData<typeof loader>();
  return (
    <Page
      title="Cards to write"
      subtitle="One a page: the story above the line, room for your words below it."
      backAction={{ content: 'To do', url: '/app/gestures/tasks' }}
      {...(cards.length > 0 ? { primaryAction: { content: 'Print', onAction: () => window.print() } } : {})}
    >
      {cards.length === 0 ? (
        <Card>
          <EmptyState heading="No note waits to be written" image="">
            <p>Notes come here when an occasion asks for one.</p>
          </EmptyState>
        </Card>
      ) : (
        <div className="cards">
          {cards.map((card) => (
            <CardSheet key={card.id} card={card} shop={shop} />
          ))}
        </div>
      )}
    </Page>
  );
}
