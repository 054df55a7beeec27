/** How far a shop is with setting up, and with its first sync. */
import type { ShopTx } from '../db.server.ts';
import type { Shop } from '../shops/shop.ts';

export interface SetupState {
  dismissed: boolean;
  /** A sender's name and a postal address are there. */
  sender: boolean;
  /** Colour, logo or signature were chosen. */
  brand: boolean;
  /** At least one sequence is on. */
  sequences: boolean;
  /** The question was answered on a page at least once: the block has been placed. */
  block: boolean;
}

const SETUP = `
  select s.setup_dismissed_at is not null as dismissed,
    exists (select from sequence q where q.shop_id = s.id and q.status = 'on') as sequences,
    exists (select from answer a where a.shop_id = s.id and a.source in ('thank-you', 'order-status')) as block
  from shop s where s.id = $1`;

export async function setupOf(tx: ShopTx, shop: Shop): Promise<SetupState> {
  const [row] = await tx.sql<Pick<SetupState, 'dismissed' | 'sequences' | 'block'>>(SETUP, [tx.shopId]);
  const { sender, brand } = shop.settings;
  return {
    dismissed: row?.dismissed ?? false,
    sequences: row?.sequences ?? false,
    block: row?.block ?? false,
    sender: sender.name !== '' && sender.postalAddress !== '',
    brand: brand.logoUrl !== '' || brand.signature !== '',
  };
}

export async function dismissSetup(tx: ShopTx, now: Date): Promise<void> {
  await tx.prisma.shop.update({ where: { id: tx.shopId }, data: { setupDismissedAt: now } });
}
