/** What the block on Shopify's page of a customer asks and gives: app/customer-block.ts. */
import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node';
import { answerStaff } from '../adapters/shopify/authenticate.server.ts';
import { now } from '../clock.server.ts';
import { blockOfCustomer, giveFromBlock, readGive } from '../customerBlock.server.ts';
import { queryOf } from '../fields.server.ts';
import { readJson } from '../limits.server.ts';
import { app } from '../wiring.server.ts';

const CUSTOMER = /^gid:\/\/shopify\/Customer\/([1-9]\d{0,17})$/;

/** @throws Response 404 where it can be nobody's */
function shopifyIdIn(request: Request): bigint {
  const [, id] = CUSTOMER.exec(queryOf(request).get('id') ?? '') ?? [];
  if (!id) throw new Response(null, { status: 404 });
  return BigInt(id);
}

export function loader({ request }: LoaderFunctionArgs) {
  return answerStaff(request, async ({ shop, userId }) => {
    const id = shopifyIdIn(request);
    const block = await app().db.inShop(shop.id, (tx) =>
      blockOfCustomer(tx, { shop, id, staff: userId }, now()),
    );
    return block ? Response.json(block) : new Response(null, { status: 404 });
  });
}

export function action({ request }: ActionFunctionArgs) {
  return answerStaff(request, async ({ shop, userId: staff }) => {
    const id = shopifyIdIn(request);
    const wanted = readGive(await readJson(request), shop.currency);
    if (!wanted) return new Response(null, { status: 422 });
    const given = await app().db.inShop(shop.id, (tx) =>
      giveFromBlock(tx, { shop, id, staff, wanted }, now()),
    );
    return given ? Response.json(given) : new Response(null, { status: 404 });
  });
}
