/** From the outbox to the provider: claim, permission, render, call, record. */
import type { Db } from '../db.server.ts';
import type { MailProvider, TextProvider } from './provider.ts';

/** What hand-over needs; built by wiring. */
export interface HandOverDeps {
  db: Db;
  email: MailProvider;
  /** Null while no provider of texts is set up: texts wait then. */
  texts: TextProvider | null;
}
