/** Hints, as a colleague would say them. */
import type { Hint } from '../wording/hints.ts';

const PRIVATE: Readonly<Record<string, string>> = {
  card: 'There is a card number in it. Take it out.',
  iban: 'There is a bank account in it. Take it out unless they asked for it.',
  email: 'There is an e-mail address in it that may be somebody else’s, or that everybody would read.',
  phone: 'Everybody will read this phone number.',
  order: 'Everybody will read this order number.',
  name: 'Everybody will read their last name.',
};

const languages = new Intl.DisplayNames('en', { type: 'language' });

export function hintSentence({ code, detail = '', expected = '' }: Hint): string {
  switch (code) {
    case 'banned-word':
      return `You never say “${detail}”.`;
    case 'refund-promised':
      return 'You promise money back. Is that agreed?';
    case 'private-data':
      return PRIVATE[detail] ?? 'There is something private in it.';
    case 'no-thanks':
      return 'They took the time to write. Say thank you?';
    case 'other-language':
      return `This reads like ${languages.of(detail) ?? detail}; they wrote in ${languages.of(expected) ?? expected}.`;
    case 'said-before':
      return 'One of your last ten answers said the same. A word of your own makes the difference.';
    case 'left-open':
      return `“${detail}” is still to be filled in.`;
  }
}
