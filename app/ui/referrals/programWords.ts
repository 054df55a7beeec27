/** Programmes in words for staff. */
import type { Audience, Because } from '../../referrals/audience.ts';
import { givenText } from '../../referrals/given-texts.ts';
import type { Terms } from '../../referrals/terms.ts';

const STAGES = { stranger: 'strangers', acquaintance: 'acquaintances', friend: 'friends', family: 'family' };

const or = (parts: string[]) => new Intl.ListFormat('en', { type: 'disjunction' }).format(parts);

/** "For friends, family or customers with the tag “ambassador”." */
export function audienceInWords({ stages, tags, never }: Audience): string {
  const whom = [
    ...stages.map((stage) => STAGES[stage]),
    ...(tags.length > 0 ? [`customers with the tag ${or(tags.map((tag) => `“${tag}”`))}`] : []),
  ];
  const but = never.length === 0 ? '' : `, but nobody with ${or(never.map((tag) => `“${tag}”`))}`;
  return `For ${whom.length === 0 ? 'everybody' : or(whom)}${but}.`;
}

/** "15% off for a friend, €10 off for your customer" */
export function termsInWords({ friend, advocate, tiers }: Terms): string {
  const more = tiers.map(({ friends, reward }) => `${givenText(reward, 'en')} more at ${friends} friends`);
  return [
    `${givenText(friend, 'en')} for a friend`,
    `${givenText(advocate, 'en')} for your customer`,
    ...more,
  ].join(', ');
}

/** Why a programme is somebody's, or is not; the first that fits counts. */
export function becauseInWords(because: Because): string {
  switch (because.by) {
    case 'everybody':
      return 'it is for everybody';
    case 'stage':
      return `it is for ${STAGES[because.stage]}`;
    case 'tag':
      return `it is for the tag “${because.tag}”`;
    case 'never':
      return `it is for nobody with the tag “${because.tag}”`;
    case 'off':
      return 'it is switched off';
    case 'not-yet':
      return 'its first day has not come';
    case 'over':
      return 'its last day is over';
    case 'currency':
      return 'its sums are in a currency that you do not sell in any more';
    case 'audience':
      return 'it is for others';
  }
}

export interface ProgramFigures {
  /** Customers who have a code of it. */
  codes: number;
  /** Friends' orders whose return window is not over. */
  waiting: number;
}

const count = (n: number, one: string, many: string) => (n === 1 ? `one ${one}` : `${n} ${many}`);

/** What becomes of what was handed out, before the button is pressed. */
export function changeInWords(
  { codes, waiting }: ProgramFigures,
  change: { isNewOffer: boolean; switchesOff: boolean },
): string[] {
  const holders = count(codes, 'customer holds a code', 'customers hold a code');
  const orders = count(waiting, 'friend’s order waits', 'friends’ orders wait');
  const said: string[] = [];
  if (codes > 0 && change.switchesOff)
    said.push(`${capital(holders)}: within a minute it gives nothing off at the checkout any more.`);
  else if (codes > 0 && change.isNewOffer)
    said.push(
      `${capital(holders)}. What was handed out stays valid and gives the new offer a minute after you save.`,
    );
  if (waiting > 0)
    said.push(
      `${capital(orders)} for the end of the return window: what was promised when they ordered is still given.`,
    );
  return said;
}

const capital = (text: string) => text.slice(0, 1).toUpperCase() + text.slice(1);
