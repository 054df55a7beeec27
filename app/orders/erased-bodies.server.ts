/** Bodies of webhooks that tell of somebody who was erased: they go once they are worked in, read or not. */
import type { Db, SqlTx } from '../db.server.ts';
import type { OrdersDeps } from './apply.server.ts';
import type { InboxRow } from './claim.server.ts';
import type { OrderSnapshot } from './snapshot.ts';
import type { Meaning } from './topics.ts';

type Trace = Parameters<OrdersDeps['isErased']>[1][number];

/** A webhook with what it meant; `isRead`: all that it tells is in the meanings. */
export interface Told {
  row: Pick<InboxRow, 'shop_id' | 'body'>;
  meanings: readonly Meaning[];
  isRead: boolean;
}

const SHOPS = 'select distinct shop_id from tombstone where shop_id = any($1::bigint[])';

/** Which of these tell of an erased person; one answer for each, in order. Who came back since is not erased. */
export async function tellOfErased(
  tx: SqlTx,
  told: readonly Told[],
  { isErased }: Pick<OrdersDeps, 'isErased'>,
): Promise<boolean[]> {
  const shopIds = [...new Set(told.map(({ row }) => row.shop_id))];
  const rows = await tx.sql<{ shop_id: bigint }>(SHOPS, [shopIds]);
  const withStones = new Set(rows.map(({ shop_id }) => shop_id));
  if (withStones.size === 0) return told.map(() => false);
  const traces = told.flatMap((one, index) =>
    withStones.has(one.row.shop_id) ? tracesOf(one).map((trace) => ({ index, trace })) : [],
  );
  const erased = await isErased(
    tx,
    traces.map(({ trace }) => trace),
  );
  const marked = new Set(traces.filter((_, at) => erased[at]).map(({ index }) => index));
  return told.map((_, index) => marked.has(index));
}

function tracesOf({ row, meanings, isRead }: Told): Trace[] {
  const read = meanings.map((meaning) => tracesOfMeaning(row.shop_id, meaning));
  if (!isRead || read.includes(null)) return tracesInText(row.shop_id, row.body);
  return read.flatMap((traces) => traces ?? []);
}

const NOBODY = { shopifyId: null, email: null, phone: null, at: null };

/** null: another module knows what it tells. */
function tracesOfMeaning(shopId: bigint, meaning: Meaning): Trace[] | null {
  switch (meaning.kind) {
    case 'order': {
      const { change, orderId } = meaning;
      if (change.kind === 'snapshot') return tracesOfOrder(change.snapshot);
      return [{ shopId, ...NOBODY, orderId }];
    }
    case 'check':
      return [{ shopId, ...NOBODY, orderId: meaning.orderId }];
    case 'person':
      return [tracesOfPerson(meaning.person)];
    case 'consent':
      return [tracesOfPerson(meaning.consent.person)];
    case 'customer-gone':
      return [{ shopId, ...NOBODY, shopifyId: meaning.shopifyId }];
    case 'tags':
      return [{ shopId, ...NOBODY, shopifyId: meaning.tags.shopifyId }];
    case 'merge':
      return [meaning.keptShopifyId, meaning.goneShopifyId].map((shopifyId) => ({
        shopId,
        ...NOBODY,
        shopifyId,
      }));
    case 'product':
    case 'product-gone':
    case 'nothing':
      return [];
    case 'handed':
      return null;
  }
}

function tracesOfOrder({ shopId, id, customer, email, phone, placedAt }: OrderSnapshot): Trace[] {
  const at = placedAt ?? null;
  return [
    {
      shopId,
      shopifyId: customer?.shopifyId ?? null,
      email: customer?.email ?? null,
      phone: customer?.phone ?? null,
      orderId: id,
      at,
    },
    { shopId, shopifyId: null, email: email ?? null, phone: phone ?? null, orderId: id, at },
  ];
}

const tracesOfPerson = (person: Extract<Meaning, { kind: 'person' }>['person']): Trace => ({
  shopId: person.shopId,
  shopifyId: person.shopifyId,
  email: person.email ?? null,
  phone: person.phone ?? null,
  at: person.since ?? null,
});

/** Of a body that nobody could read: every number in it may be an id, everything with an @ an address. */
function tracesInText(shopId: bigint, text: string): Trace[] {
  const ids = new Set(text.match(/(?<!\d)[1-9]\d{0,18}(?!\d)/g));
  const emails = new Set(text.match(/[^\s"'<>,;:(){}[\]\\]+@[^\s"'<>,;:(){}[\]\\]+/g));
  const phones = new Set(text.match(/\+[1-9][\d ()-]{6,20}/g));
  return [
    ...[...ids].map((id) => ({ shopId, ...NOBODY, shopifyId: BigInt(id) })),
    ...[...ids].map((id) => ({ shopId, ...NOBODY, orderId: BigInt(id) })),
    ...[...emails].map((email) => ({ shopId, ...NOBODY, email })),
    ...[...phones].map((phone) => ({ shopId, ...NOBODY, phone })),
  ];
}

const DEAD = `
  select shop_id, body from webhook_inbox where shop_id = $1 and webhook_id = $2 and state = 2 and body <> ''`;
const BLANK = `
  update webhook_inbox set body = '', state = 3, reason = 'erased' where shop_id = $1 and webhook_id = $2`;

/** A webhook has become a dead letter by failing: nothing of somebody erased is kept for a person to look at. */
export async function blankIfErased(
  db: Db,
  ref: { shopId: bigint; webhookId: string },
  deps: Pick<OrdersDeps, 'isErased'>,
): Promise<void> {
  await db.acrossShops(async (tx) => {
    const [row] = await tx.sql<{ shop_id: bigint; body: string }>(DEAD, [ref.shopId, ref.webhookId]);
    if (!row) return;
    const [isErased] = await tellOfErased(tx, [{ row, meanings: [], isRead: false }], deps);
    if (isErased) await tx.sql(BLANK, [ref.shopId, ref.webhookId]);
  });
}
