/**
 * /webhooks/flow: a workflow of Shopify Flow begins a sequence for a customer. 200: done, also when it was done before;
 * 4xx: it will never work, with why; 5xx: Flow tries again. https://shopify.dev/docs/apps/build/flow/actions/endpoints
 */
import type { ActionFunctionArgs } from '@remix-run/node';
import { now } from '../clock.server.ts';
import { beginByFlow, listSequences } from '../sequences/sequences.server.ts';
import { findShop } from '../shops/shops.server.ts';
import { whyNotBegun } from '../ui/beginWords.ts';
import { app } from '../wiring.server.ts';

const MAX_BYTES = 100_000;

export const loader = () => new Response(null, { status: 405, headers: { allow: 'POST' } });

export async function action({ request }: ActionFunctionArgs) {
  if (request.method !== 'POST') return new Response(null, { status: 405, headers: { allow: 'POST' } });
  if (Number(request.headers.get('content-length') ?? 0) > MAX_BYTES)
    return new Response(null, { status: 413 });
  const body = Buffer.from(await request.arrayBuffer());
  if (body.length > MAX_BYTES) return new Response(null, { status: 413 });
  const { db, readFlow } = app();
  const reading = readFlow(body, request.headers.get('x-shopify-hmac-sha256'));
  if (reading.outcome === 'forged') return new Response(null, { status: 401 });
  if (reading.outcome === 'malformed') return no(400, `The field ${reading.missing} is missing or wrong.`);
  const shop = await findShop({ sql: db.sqlAcrossShops }, reading.domain);
  if (shop?.status !== 'installed') return no(404, 'Everafter is not installed in this shop.');
  return db.inShop(shop.id, async (tx) => {
    const wanted = reading.sequence.toLowerCase();
    const sequence = (await listSequences(tx, now())).find(({ id, key, name }) =>
      [id, key, name.toLowerCase()].includes(wanted),
    );
    if (!sequence) return no(422, `There is no sequence “${reading.sequence}”.`);
    const wish = { shopifyCustomerId: reading.customerId, sequence: sequence.key, run: reading.run };
    const begun = await beginByFlow(tx, wish, now());
    return begun.outcome === 'begun' ? Response.json({ begun: true }) : no(422, whyNotBegun(begun.why));
  });
}

const no = (status: number, error: string) => Response.json({ error }, { status });
