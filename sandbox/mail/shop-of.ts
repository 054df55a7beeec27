/** Which shop a mail or a text is from: nobody says so, but the addresses do. Null when they leave it open. */

import type { Shop } from '../state/shop.ts';

interface Envelope {
  to: string;
  /** From and Reply-To, as written. */
  from: string;
}

export function shopOfMail(shops: Shop[], { to, from }: Envelope): string | null {
  const sender = from.toLowerCase();
  return (
    only(shops.filter((shop) => sender.includes(shop.email.toLowerCase()))) ??
    only(shops.filter((shop) => shop.customers.some(({ email }) => email === to.toLowerCase()))) ??
    only(shops.filter((shop) => sender.includes(shop.name.toLowerCase()))) ??
    only(shops)
  );
}

export function shopOfText(shops: Shop[], to: string): string | null {
  return only(shops.filter((shop) => shop.customers.some(({ phone }) => phone === to))) ?? only(shops);
}

const only = (shops: Shop[]) => (shops.length === 1 ? (shops[0]?.domain ?? null) : null);
