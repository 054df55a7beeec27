/**
 * The door of correspondence: mails that come in. See README.md.
 *
 * - `receiveMail` stores a mail that a provider or a mailbox brought; brought twice, it is one.
 * - `makeMailboxLoop` gives the worker's loop that takes mails out of a mailbox.
 * - `makeMailLoop` gives the worker's loop, which hands what people say to conversations.
 */
export { makeMailboxLoop, type MailboxDeps } from './mailbox.server.ts';
export { receiveMail, type ReceiveDeps, type Received } from './receive.server.ts';
export { makeMailLoop, type WorkInDeps } from './work-in.server.ts';
