/** Whom a programme is for, and which of several is a customer's: the first that fits. */
import { z } from 'zod';
import { STAGES, type Stage } from '../customers/customer.ts';
import { foreignCurrencies, type Terms } from './terms.ts';

const tag = z.string().trim().min(1).max(255);

export const audienceSchema = z.object({
  /** Any of these stages … */
  stages: z.array(z.enum(STAGES)).max(STAGES.length).default([]),
  /** … or any of these tags. Neither a stage nor a tag: everybody. */
  tags: z.array(tag).max(20).default([]),
  /** Nobody with one of these. */
  never: z.array(tag).max(20).default([]),
});
export type Audience = z.infer<typeof audienceSchema>;

/** What a programme is chosen by. */
export interface Invited {
  stage: Stage;
  tags: readonly string[];
}

/** Why a programme is a customer's, or is not. */
export type Because =
  | { fits: true; by: 'everybody' }
  | { fits: true; by: 'stage'; stage: Stage }
  | { fits: true; by: 'tag'; tag: string }
  | { fits: false; by: 'off' | 'not-yet' | 'over' | 'currency' | 'audience' }
  | { fits: false; by: 'never'; tag: string };

/** Case does not count in tags at Shopify. */
const firstOf = (tags: readonly string[], wanted: readonly string[]) =>
  wanted.find((one) => tags.some((each) => each.toLowerCase() === one.toLowerCase()));

function invitationOf({ stages, tags, never }: Audience, person: Invited): Because {
  const barred = firstOf(person.tags, never);
  if (barred !== undefined) return { fits: false, by: 'never', tag: barred };
  if (stages.length === 0 && tags.length === 0) return { fits: true, by: 'everybody' };
  const theirs = firstOf(person.tags, tags);
  if (theirs !== undefined) return { fits: true, by: 'tag', tag: theirs };
  return stages.includes(person.stage)
    ? { fits: true, by: 'stage', stage: person.stage }
    : { fits: false, by: 'audience' };
}

/** A programme as far as it is chosen by. */
interface Choosable {
  status: 'on' | 'off';
  terms: Terms;
  audience: Audience;
}

/** What the shop is today. */
export interface Today {
  currency: string;
  /** YYYY-MM-DD in the shop's zone */
  day: string;
}

/** Whether a programme gives codes and rewards to anybody today; if not, why. */
export function standingOf(
  { status, terms }: Pick<Choosable, 'status' | 'terms'>,
  { currency, day }: Today,
): 'live' | 'off' | 'not-yet' | 'over' | 'currency' {
  if (status === 'off') return 'off';
  if (terms.from && day < terms.from) return 'not-yet';
  if (terms.until && day > terms.until) return 'over';
  return foreignCurrencies(terms, currency).length > 0 ? 'currency' : 'live';
}

/** For each programme, in their order, whether it would be theirs and why. */
export function explain<P extends Choosable>(
  programs: readonly P[],
  person: Invited,
  today: Today,
): { program: P; because: Because }[] {
  return programs.map((program) => {
    const standing = standingOf(program, today);
    const because: Because =
      standing === 'live' ? invitationOf(program.audience, person) : { fits: false, by: standing };
    return { program, because };
  });
}

/** The first that fits; null: nothing for them. */
export const choose = <P extends Choosable>(
  programs: readonly P[],
  person: Invited,
  today: Today,
): { program: P; because: Because } | null =>
  explain(programs, person, today).find(({ because }) => because.fits) ?? null;
