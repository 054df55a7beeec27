import type { LoaderFunctionArgs } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { Page } from '@shopify/polaris';
import { authenticateAdmin } from '../adapters/shopify/authenticate.server.ts';
import { now } from '../clock.server.ts';
import { queryOf } from '../fields.server.ts';
import { GESTURE_STATES } from '../gestures/gesture.ts';
import { listGestures } from '../gestures/gestures.server.ts';
import { GestureTable } from '../ui/gestures/GestureTable.tsx';
import { gestureView } from '../ui/gestures/gestureView.ts';
import { STATE_NAMES } from '../ui/gestures/words.ts';
import { StateFilter } from '../ui/StateFilter.tsx';
import { useCsv } from '../ui/useCsv.ts';
import { app } from '../wiring.server.ts';

export async function loader({ request }: LoaderFunctionArgs) {
  const { shop } = await authenticateAdmin(request);
  const query = queryOf(request);
  const state = GESTURE_STATES.find((name) => name === query.get('state')) ?? null;
  const ask = { state, after: query.get('after') };
  const { gestures, next } = await app().db.inShop(shop.id, (tx) => listGestures(tx, shop.id, ask));
  return { gestures: gestures.map(gestureView), next, zone: shop.timeZone, now: now().toISOString() };
}

const STATES = [
  { label: 'All of them', value: '' },
  ...GESTURE_STATES.map((value) => ({ label: STATE_NAMES[value], value })),
];

export default function AllGestures() {
  const csv = useCsv('gestures');
  return (
    <Page
      title="All gestures"
      backAction={{ content: 'Gestures', url: '/app/gestures' }}
      secondaryActions={[csv]}
    >
      <GestureTable
        {...useLoaderData<typeof loader>()}
        empty="There is no such gesture."
        filters={<StateFilter name="state" label="Show" options={STATES} />}
      />
    </Page>
  );
}
