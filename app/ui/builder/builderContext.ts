/** What the fields of the builder need to know of the shop. */
import { createContext, useContext } from 'react';
import type { Problem } from '../../sequences/plan.ts';
import type { Unanswered } from '../../sequences/wishes.ts';

export interface BuilderShop {
  sequenceId: string;
  /** Minor units in one of the shop's currency. */
  minor: number;
  currency: string;
  zone: string;
  /** Mails of the shop, each with a language and its subject. */
  subjects: readonly { key: string; locale: string; subject: string }[];
  /** Surveys of the shop, as a choice, with what can be answered in each as the fact `customer.said` has it. */
  surveys: readonly { label: string; value: string; answers: readonly { label: string; value: string }[] }[];
  sequences: readonly { key: string; name: string }[];
  /** Whether a version is live, so that there are figures. */
  isLive: boolean;
  /** What Shopify does not answer for; whatever of the plan goes by it says so. */
  unanswered: readonly Pick<Unanswered, 'kind' | 'ref' | 'why'>[];
}

export const BuilderContext = createContext<BuilderShop | null>(null);

export function useBuilderShop(): BuilderShop {
  const shop = useContext(BuilderContext);
  if (!shop) throw new Error('not inside a builder');
  return shop;
}

/** How a step is shown, wherever the plan is drawn. */
export interface StepLook {
  title: string;
  note: string;
  inside: number;
  problems: readonly Problem[];
  /** What does not keep it from being published, but from working: in sentences. */
  troubles: readonly string[];
  /** The path of the customer that is looked ahead for; `when` says when they come here. */
  lit: boolean;
  when: string | null;
  /** What came of it in the last 30 days; empty where nothing is known. */
  told: string;
  /** The same in sentences. */
  toldInFull: readonly string[];
  /** By the ways of a fork. */
  ways: readonly number[] | null;
}
