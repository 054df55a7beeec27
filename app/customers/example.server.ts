/** A customer to show something with. */
import { isUuid } from '../cursor.ts';
import type { SqlTx } from '../db.server.ts';
import { displayName } from './customer.ts';
import { customersByIds } from './read.server.ts';
import { searchCustomers } from './search.server.ts';

export interface Example {
  id: string;
  name: string | null;
  locale: string | null;
}

/** Who was picked, else whoever ordered last; null in a shop without customers. */
export async function exampleCustomer(
  tx: SqlTx,
  shopId: bigint,
  picked: string | null,
): Promise<Example | null> {
  return (await exampleOf(tx, shopId, picked)) ?? exampleOf(tx, shopId, await lastToOrder(tx, shopId));
}

async function exampleOf(tx: SqlTx, shopId: bigint, id: string | null): Promise<Example | null> {
  if (id === null || !isUuid(id)) return null;
  const found = (await customersByIds(tx, [{ shopId, id }])).get(id);
  if (!found || found.erasedAt) return null;
  return { id: found.id, name: displayName(found), locale: found.locale };
}

async function lastToOrder(tx: SqlTx, shopId: bigint): Promise<string | null> {
  const { customers } = await searchCustomers(tx, { shopId, limit: 1 });
  return customers[0]?.id ?? null;
}
