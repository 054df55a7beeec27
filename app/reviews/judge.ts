/** Whether there is a reason that the law knows to keep a text back. Stars are not among what it is given. */
import { abuse } from './abuse.ts';
import { personalData } from './personal-data.ts';
import type { Found } from './review.ts';

export interface Judged {
  /** Title, text and the name it is signed with. */
  texts: readonly (string | null)[];
  locale: string | null;
  country: string | null;
  /** What it is about; empty for the shop and for questions. */
  product?: string;
  /** What else was bought with it. */
  others?: readonly string[];
}

/** The first reason; null: it is published. */
export function judge({ texts, locale, country, product = '', others = [] }: Judged): Found | null {
  const text = texts.filter(Boolean).join('\n');
  const rude = abuse(text);
  if (rude) return { reason: 'abuse', what: rude };
  const personal = personalData(text, locale, country);
  if (personal) return { reason: 'personal-data', what: personal };
  return isAboutAnother(text, product, others) ? { reason: 'wrong-product', what: 'other-product' } : null;
}

/** It names another product of the order in full, and not a word of its own: "The Linen Apron fits" under a pot. */
function isAboutAnother(text: string, product: string, others: readonly string[]): boolean {
  if (product === '') return false;
  const said = plain(text);
  if (wordsOf(product).some((word) => said.includes(word))) return false;
  return others.some((other) => wordsOf(other).length > 1 && said.includes(plain(other)));
}

const plain = (text: string) => text.normalize('NFKC').toLowerCase();
const wordsOf = (title: string) => plain(title).match(/[\p{L}\p{N}]{4,}/gu) ?? [];
