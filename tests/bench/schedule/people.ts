/** Shops whose first mail has words, so that it can be rendered and handed over. */
import { DEFAULT_TEMPLATES } from '../../../app/sequences/defaults/defaults.ts';
import { installTemplates } from '../../../app/messages/messages.server.ts';
import { aBenchShop, NOW, type BenchShop } from '../engine/data.ts';
import type { Bench } from '../engine/server.ts';

const WORDS = DEFAULT_TEMPLATES.find(({ key, locale }) => key === 'thank-you' && locale === 'en')!.text;

export async function aWritingShop({ db, owner }: Bench): Promise<BenchShop> {
  const shop = await aBenchShop(owner);
  await db.inShop(BigInt(shop.id), (tx) =>
    installTemplates(tx, [{ key: 'mail-0', locale: 'en', text: WORDS }], NOW),
  );
  return shop;
}

let known: BenchShop[] | undefined;

/** The same five shops for every measurement that is not about shops. */
export async function fiveShops(b: Bench): Promise<BenchShop[]> {
  if (!known) {
    known = [];
    for (let i = 0; i < 5; i++) known.push(await aWritingShop(b));
  }
  return known;
}
