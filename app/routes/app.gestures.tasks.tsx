import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { BlockStack, Card, EmptyState, Page } from '@shopify/polaris';
import { authenticateAdmin } from '../adapters/shopify/authenticate.server.ts';
import { now } from '../clock.server.ts';
import { fieldsOf, idOrMissing, unknownIntent } from '../fields.server.ts';
import { finishByHand, gestureTasks, storiesOfCustomers, withdraw } from '../gestures/gestures.server.ts';
import { gestureView } from '../ui/gestures/gestureView.ts';
import { storyView } from '../ui/gestures/storyWords.ts';
import { TaskCard } from '../ui/gestures/TaskCard.tsx';
import { app } from '../wiring.server.ts';

/** On a page: more come up as these are done. */
const MOST = 50;

export async function loader({ request }: LoaderFunctionArgs) {
  const { shop } = await authenticateAdmin(request);
  return app().db.inShop(shop.id, async (tx) => {
    const rows = (await gestureTasks(tx, { limit: MOST })).filter(({ kind }) => kind !== 'surprise');
    const stories = await storiesOfCustomers(tx, shop.id, [
      ...new Set(rows.map(({ customerId }) => customerId)),
    ]);
    return {
      tasks: rows.map((row) => {
        const story = stories.get(row.customerId);
        return { ...gestureView(row), story: story ? storyView(story, { zone: shop.timeZone }) : null };
      }),
      now: now().toISOString(),
    };
  });
}

/** Longest account of what came of it. */
const LONGEST = 2000;

export async function action({ request }: ActionFunctionArgs) {
  const { shop, userId } = await authenticateAdmin(request);
  const fields = await fieldsOf(request);
  const id = idOrMissing(fields.text('id'), 'There is no such gesture');
  const happened = fields.text('happened').trim().slice(0, LONGEST);
  switch (fields.text('intent')) {
    case 'done': {
      const of = { id, staff: userId, happened };
      const done = await app().db.inShop(shop.id, (tx) => finishByHand(tx, of, now()));
      return { toast: done ? 'Given' : 'It was over already' };
    }
    case 'take-back': {
      const of = { id, staff: userId };
      const taken = await app().db.inShop(shop.id, (tx) => withdraw(tx, of, now()));
      return { toast: taken ? 'Taken back; its money is in the purse again' : 'It was over already' };
    }
    default:
      return unknownIntent();
  }
}

export default function GestureTasks() {
  const { tasks, now: at } = useLoaderData<typeof loader>();
  const notes = tasks.filter(({ kind }) => kind === 'note').length;
  return (
    <Page
      title="To do"
      subtitle="Notes to write and pack, people to call."
      backAction={{ content: 'Gestures', url: '/app/gestures' }}
      {...(notes > 0
        ? {
            primaryAction: {
              content: notes === 1 ? 'Print 1 card' : `Print ${notes} cards`,
              url: '/app/gestures/cards',
            },
          }
        : {})}
    >
      {tasks.length === 0 ? (
        <Card>
          <EmptyState heading="Nothing to write, nobody to call" image="">
            <p>
              When an occasion asks for a hand-written note or a call, it waits here with the customer’s
              story.
            </p>
          </EmptyState>
        </Card>
      ) : (
        <BlockStack gap="400">
          {tasks.map((task) => (
            <TaskCard key={task.id} task={task} now={at} />
          ))}
        </BlockStack>
      )}
    </Page>
  );
}
