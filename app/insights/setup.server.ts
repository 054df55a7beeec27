/** How far a shop is with setting up, and with its first sync. */
import type { ShopTx } from '../db.server.ts';
import type { Shop } from '../shops/shop.ts';

export interface SetupState {
  dismissed: boolean;
  /** A sender's name and a postal address are there. */
  sender: boolean;
  /** Colour, logo or signature were chosen. */
  brand: boolean;
  /** The merchant has looked at the sequences, or changed one: they run from the first day on. */
  sequences: boolean;
  /** The question was answered on a page at least once: the block has been placed. */
  block: boolean;
}

const SETUP = `
  select s.setup_dismissed_at is not null as dismissed,
    s.sequences_seen_at is not null
      or exists (select from sequence q where q.shop_id = s.id and q.updated_at > q.created_at) as sequences,
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

const SEEN = `update shop set sequences_seen_at = $2 where id = $1 and sequences_seen_at is null`;

/** The merchant has opened the list of sequences. */
export async function sequencesSeen(tx: ShopTx, now: Date): Promise<void> {
  await tx.sql(SEEN, [tx.shopId, now]);
}
