/** Accounts on networks, in English as all of the admin. */
import type { Connected, SocialAccountView } from '../correspondence/correspondence.server.ts';

type Trouble = NonNullable<SocialAccountView['trouble']>;

const REFUSALS: Readonly<Record<Extract<Connected, { outcome: 'refused' }>['reason'], string>> = {
  'no-host': 'Type the name of your server, such as mastodon.social.',
  'no-token': 'Paste the access token as your server shows it.',
  'no-answer': 'This server does not answer. Look at its name, or try again in a moment.',
  'not-public': 'This server cannot be reached from everywhere.',
  'signed-out': 'This server does not know the token. Copy it anew.',
  'may-not':
    'The token may not do enough. It needs read:accounts, read:notifications, read:statuses, write:statuses.',
  'not-taken': 'What answers there is no Mastodon.',
  gone: 'What answers there is no Mastodon.',
  'too-long': 'This server did not take it.',
};
export const connectionInWords = (reason: keyof typeof REFUSALS): string => REFUSALS[reason];

const TROUBLES: Partial<Record<Trouble, string>> = {
  'signed-out': 'It has taken the leave back: connect it again with a new token.',
  'may-not': 'The token no longer reaches far enough: connect it again with a new one.',
  'not-public': 'Its server cannot be reached from everywhere any more.',
  'no-answer': 'Its server does not answer. It is tried again.',
};
export const troubleInWords = (trouble: Trouble): string =>
  TROUBLES[trouble] ?? 'Its server says something else than it should. It is tried again.';
