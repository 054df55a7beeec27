/** The clock of one product: for each field the narrowest rule that says something. */
import { webAddress } from '../web-address.ts';
import { CLOCK_SCOPES, type ClockRule, type ProductClock } from './product.ts';

/** What rules can apply to. */
export interface Clocked {
  id: bigint;
  title: string;
  productType: string;
  tags: readonly string[];
  imageUrl: string | null;
  url: string | null;
}

/** Without a rule: used on the third day, judged after two weeks. */
const USUAL = { firstUseDays: 3, readyToJudgeDays: 14 } as const;

export function clockOfProduct(product: Clocked, rules: readonly ClockRule[]): ProductClock {
  const mine = rules
    .filter((rule) => applies(rule, product))
    .sort(
      (a, b) => CLOCK_SCOPES.indexOf(a.scope) - CLOCK_SCOPES.indexOf(b.scope) || (a.ref < b.ref ? -1 : 1),
    );
  const first = <Field extends keyof ClockRule>(field: Field) =>
    mine.find((rule) => rule[field] !== null && rule[field] !== undefined)?.[field];
  return {
    productId: product.id,
    title: product.title,
    imageUrl: webAddress(product.imageUrl),
    url: webAddress(product.url),
    careGuide: mine.find((rule) => Object.keys(rule.careGuide ?? {}).length > 0)?.careGuide ?? {},
    firstUseDays: first('firstUseDays') ?? USUAL.firstUseDays,
    readyToJudgeDays: first('readyToJudgeDays') ?? USUAL.readyToJudgeDays,
    usefulLifeDays: first('usefulLifeDays') ?? null,
    eventEndsAt: mine.find(({ scope }) => scope === 'product')?.eventEndsAt ?? null,
  };
}

function applies({ scope, ref }: ClockRule, product: Clocked): boolean {
  switch (scope) {
    case 'all':
      return true;
    case 'type':
      return ref.toLowerCase() === product.productType.toLowerCase();
    case 'tag':
      return product.tags.some((tag) => tag.toLowerCase() === ref.toLowerCase());
    case 'product':
      return ref === String(product.id);
  }
}
