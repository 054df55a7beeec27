import type { DeedFailure } from '../deed.ts';
import type { FactName } from '../facts.ts';
import type { TriggerKind } from '../plan.ts';
import type { StopReason } from '../sequence.ts';
import type { DeedStep } from '../steps.ts';

/** Codes of decisions that have a sentence of their own. */
export type ReasonCode =
  | StopReason
  | TriggerKind
  | 'wait'
  | 'first-use'
  | 'ready-to-judge'
  | 'end-of-life'
  | 'not-known-yet'
  | 'not-arrived'
  | 'recounted'
  | 'wait-for'
  | 'came-about'
  | 'not-in-time'
  | DeedStep['kind']
  | DeedFailure
  | 'planned'
  | 'otherwise'
  | 'finished'
  | 'too-late'
  | 'no-referral-code'
  | 'steps-removed';

/** Everything that explain.ts says, in one language. */
export interface Words {
  reasons: Record<ReasonCode, string> & Record<string, string | undefined>;
  /** Exits of the six sequences, by key. */
  exits: Record<string, string | undefined>;
  exit(key: string): string;
  night(from: string, place: string): string;
  /** Nobody delivers on that day where the parcel went. */
  restDay(from: string): string;
  branch(number: number): string;
  /** What conditions look at, as short as can be: "orders: 3". */
  facts: Record<FactName, string>;
  values: Record<'true' | 'false' | 'null', string>;
  /** By lot; the way as the merchant named it. */
  split(way: string): string;
  /** What Shopify or another system said, behind the reason that it explains. */
  said(reason: string, said: string): string;
}
