/** What sequences go by and Shopify does not answer for, in words that say what to do. */
import type { Unanswered } from '../sequences/wishes.ts';

/** Same sentence wherever it is shown: beside a step, in the list, on Home. */
export function unansweredInWords({ kind, ref, why }: Pick<Unanswered, 'kind' | 'ref' | 'why'>): string {
  const owner = kind === 'date' ? 'customers' : 'products';
  const what = kind === 'segment' ? `the segment ${ref}` : `the metafield ${ref} of ${owner}`;
  switch (why) {
    case 'gone':
      return `${capital(what)} was deleted in Shopify. Choose another one: until then those who were in it last count as being in it.`;
    case 'too-large':
      return `${capital(what)} has more than 250,000 customers, too many to follow. Choose a smaller one.`;
    case 'not-allowed':
      return `Shopify does not let us see ${what}. Allow customers in Settings, under Connections. ${AS_BEFORE}`;
    case 'refused':
      return `Shopify refuses to tell us of ${what}. Look whether it is still there as it was. ${AS_BEFORE}`;
    case 'silent':
      return `Shopify has not answered for ${what} for a day. We go on asking. ${AS_BEFORE}`;
  }
}

const AS_BEFORE = 'Until then what was known last counts.';
const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);
