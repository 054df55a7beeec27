/**
 * The door of messages: planning, templates, hand-over, what providers and customers tell us. See README.md.
 *
 * - `planMessages` puts drafts into the outbox in the caller's transaction; a key that exists already changes nothing.
 * - `cancelMessages` stops what no provider has been called for yet, with a reason that the timeline shows.
 * - `holdAbout` keeps asks and offers about an order worth sending while its parcel is missed; `freeAbout` lets them go on.
 * - `makeHandOver` gives the worker's loop, and the short way for what may go when it is planned (`AtOnce`);
 *   `makeContents` and `makeMergeSource` find the words it sends.
 * - `readyToCompile` loads what compiling needs, for processes that show mails.
 * - `installTemplates` gives a new shop its texts, `saveTemplate` checks, compiles and publishes one; `checkTemplate` only checks.
 *   `removeTemplate` takes a language of a text away, never its last one: who speaks it gets the closest that is left.
 * - `written` fills a text in for somebody who gets it by another way than the outbox.
 * - `preview` shows a text as one customer would get it; `sendTest` sends that to whoever pressed the button.
 * - `listMessages`, `messagesCsv`: the messages behind a figure; `withheldSince`: why messages did not go, counted.
 * - `retryMessages(tx, which, now)` tries again what a provider has refused.
 * - `suppressedClasses` says which addresses are not written to, for those who ask ahead of time; `addressHash` names one
 *   without keeping it.
 * - `unsubscribe` is effective when its transaction commits; `recordProviderEvent` takes what providers report, once.
 */
export type { SaidByOthers } from './above.server.ts';
export { planMessages } from './plan.server.ts';
export { cancelMessages, mergeCustomers, type CancelFilter } from './cancel.server.ts';
export { freeAbout, holdAbout } from './arrival-holds.server.ts';
export { listMessages, messagesCsv, type MessageLine } from './message-list.server.ts';
export { retryMessages } from './retry.server.ts';
export { withheldSince, type Withheld } from './withheld.server.ts';
export { messagesOf } from './outbox.server.ts';
export { makeHandOver, makeHandOverLoop, type HandOver, type HandOverDeps } from './hand-over.server.ts';
export type { AtOnce, Departure } from './at-once.server.ts';
export { readyToCompile } from './compile.server.ts';
export { makeContents } from './contents.server.ts';
export { makeMergeSource, type MergeDeps } from './merge-source.server.ts';
export { makeLinks, type LinkOwner, type Links } from './links.server.ts';
export {
  checkTemplate,
  installTemplates,
  removeTemplate,
  saveTemplate,
  templatesOf,
  type SavedTemplate,
  type StoredTemplate,
} from './templates.server.ts';
export { written, type Written } from './written.server.ts';
export { preview, sendTest, type Preview, type PreviewInput, type TestResult } from './preview.server.ts';
export { addressHash, suppressedClasses } from './suppression.server.ts';
export { unsubscribe, type Unsubscribe } from './unsubscribe.server.ts';
export { recordFollow, recordProviderEvent, type ProviderEvent } from './provider-events.server.ts';
export { lookAgain, preferencePage, savePreferencePage, type PreferencePage } from './preferences.server.ts';
