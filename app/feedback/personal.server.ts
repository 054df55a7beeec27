/** What the block shows of the customer's own: how close they are, and how to care for what has arrived. */
import { customersByIds } from '../customers/customers.server.ts';
import type { SqlTx } from '../db.server.ts';
import type { Order } from '../orders/order.ts';
import { clockOf } from '../products/products.server.ts';
import { closestTag, textFor } from '../shops/translations.ts';
import { STAGE_TEXTS } from './stage-texts.ts';
import type { Reader } from './survey-view.ts';

/** A friendly sentence; null for those whom we hardly know. */
export async function stageOf(
  tx: SqlTx,
  { shopId, customerId }: { shopId: bigint; customerId: string },
  reader: Reader,
): Promise<string | null> {
  const found = await customersByIds(tx, [{ shopId, id: customerId }]);
  const customer = found.get(customerId);
  const texts = customer ? STAGE_TEXTS[customer.stage] : null;
  return texts ? textFor(texts, reader.locale, reader.shopLocale) : null;
}

/** Care guides of what has been delivered, one a product. */
export async function careGuidesOf(
  tx: SqlTx,
  order: Order,
  reader: Reader,
): Promise<{ title: string; text: string; url: string | null }[]> {
  const arrived = new Set(
    order.shipments
      .filter(({ deliveredAt }) => deliveredAt !== null)
      .flatMap(({ lines }) => lines.map(({ lineId }) => lineId)),
  );
  const products = order.lines.flatMap((line) =>
    arrived.has(line.id) && line.productId !== null ? [line.productId] : [],
  );
  const ids = [...new Set(products)];
  if (ids.length === 0) return [];
  const clocks = await clockOf(
    tx,
    ids.map((id) => ({ shopId: order.shopId, id })),
  );
  const guides = ids.flatMap((id) => {
    const guide = clocks.get(id)?.careGuide ?? {};
    const tag = closestTag(Object.keys(guide), reader.locale, reader.shopLocale);
    return tag === null ? [] : [guide[tag]!];
  });
  // One rule for a whole type of product gives the same guide several times.
  return guides.filter((guide, i) => guides.findIndex((other) => other.title === guide.title) === i);
}
