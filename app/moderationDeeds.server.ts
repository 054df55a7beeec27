/** What staff decide about words in public: the same press on the pages of reviews and of questions. */
import { now } from './clock.server.ts';
import { moderate, type Moderating } from './reviews/reviews.server.ts';
import { app } from './wiring.server.ts';

/** @throws Response 400 where a reason is missing or is none of law */
export async function moderateFromPage(
  shopId: bigint,
  {
    hides,
    reason,
    staff,
    ...what
  }: Pick<Moderating, 'subject' | 'id'> & {
    hides: boolean;
    reason: string;
    staff: bigint;
  },
): Promise<{ toast: string }> {
  const action = hides ? { kind: 'hide' as const, reason } : { kind: 'publish' as const };
  const moderating = { ...what, action, staff: String(staff) };
  const result = await app().db.inShop(shopId, (tx) => moderate(tx, shopId, moderating, now()));
  if (result.outcome === 'refused') throw new Response(result.problem, { status: 400 });
  if (result.outcome === 'same') return { toast: 'It is so already' };
  return { toast: hides ? 'Hidden, with its reason' : 'Published' };
}
