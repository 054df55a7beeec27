/**
 * The door of correspondence: mails and texts that come in, and answers that go out. See README.md.
 *
 * - `receiveMail` stores a mail that a provider or a mailbox brought; brought twice, it is one.
 * - `makeMailboxLoop` gives the worker's loop that takes mails out of a mailbox.
 * - `makeMailLoop` gives the worker's loop, which hands what people say to conversations.
 * - `forgetOldMails` lets go of mails after a month.
 * - `hearText` takes a text that came: a word that stops texts is obeyed, all others are heard.
 * - `mailWay`, `textWay` give the ways by which answers go out.
 * - `connectSocial`, `disconnectSocial`, `socialAccounts`: the shop's own accounts on networks; `makeSocialLoop` hears of
 *   mentions there, `socialWay` answers under them.
 */
export { mailWay, textWay, type WayDeps } from './answer-ways.server.ts';
export { hearText, type TextDeps, type TextHeard } from './text.server.ts';
export { makeMailboxLoop, type MailboxDeps } from './mailbox.server.ts';
export { forgetOldMails, receiveMail, type ReceiveDeps, type Received } from './receive.server.ts';
export { makeMailLoop, type WorkInDeps } from './work-in.server.ts';
export {
  connectSocial,
  disconnectSocial,
  makeSocialLoop,
  socialAccounts,
  socialTroubles,
  socialWay,
  type Connected,
  type SocialAccountView,
  type SocialDeps,
} from './social.server.ts';
