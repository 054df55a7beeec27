/** Loyalty in words for staff. */
import type { WrittenEntry } from '../../customers/timeline.ts';
import type { BenefitKind } from '../../loyalty/settings.ts';
import { money, whole } from '../format.ts';

const BENEFIT_NAMES: Record<BenefitKind, string> = {
  tag: 'their tag at Shopify',
  shipping: 'free shipping',
  birthday: 'something on their birthday',
  inbox: 'being first in line in the inbox',
};

type Line = Extract<
  WrittenEntry,
  { code: 'benefit-given' | 'benefit-taken' | 'points-redeemed' | 'points-taken-back' }
>;

/** A line of the customer's story. */
export function loyaltySentence(entry: Line): string {
  if (entry.code === 'points-redeemed') {
    const { points, amount, currency } = entry.data;
    return `Turned ${whole(points, 'en')} points into ${money(amount, currency, 'en')}`;
  }
  if (entry.code === 'points-taken-back') {
    const { points, left } = entry.data;
    return `An order was paid back in part: ${whole(points, 'en')} of its points are gone, ${whole(left, 'en')} are left`;
  }
  const name = BENEFIT_NAMES[entry.data.benefit as BenefitKind] ?? 'a benefit';
  return entry.code === 'benefit-given'
    ? `Has ${name}, for how close they are`
    : `No longer has ${name}: they are farther away now`;
}
