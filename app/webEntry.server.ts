/** What the web process needs beside Remix: the intake of webhooks, health, metrics. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { makeIntake, openInboxPool, type Ingest } from './adapters/shopify/intake.server.ts';
import { now } from './clock.server.ts';
import { serveStored } from './files/files.server.ts';
import { errorFields, log } from './log.server.ts';
import { readyToCompile } from './messages/messages.server.ts';
import { count, serveMetrics, watchLag } from './metrics.server.ts';
import { app, secretsOf } from './wiring.server.ts';

export interface Web {
  config: { PORT: number; HOST: string; NODE_ENV: string; SHOPIFY_APP_URL: string };
  /** Where pictures and videos are served: the app's own address, or one of their own. */
  filesOrigin: string;
  serveStored(pathname: string, request: IncomingMessage, response: ServerResponse): Promise<void>;
  ingest: Ingest;
  databaseAnswers(): Promise<boolean>;
  serveMetrics: typeof serveMetrics;
  count: typeof count;
  log: typeof log;
  errorFields: typeof errorFields;
  close(): Promise<void>;
}

/** Opens what the web process serves from. */
export async function openWeb(): Promise<Web> {
  const { config, db, files, filesOrigin, close } = app();
  const pool = openInboxPool(config.DATABASE_URL);
  const secrets = secretsOf(config);
  const onFailure = (error: unknown) => log.error('a webhook could not be stored', errorFields(error));
  watchLag(db);
  await readyToCompile();
  return {
    config,
    filesOrigin,
    serveStored: (...asked) => serveStored(files.storage, ...asked),
    ingest: makeIntake({ pool, secrets, now, onFailure }),
    databaseAnswers: () =>
      db.sqlAcrossShops('select 1').then(
        () => true,
        () => false,
      ),
    serveMetrics,
    count,
    log,
    errorFields,
    async close() {
      await pool.end();
      await close();
    },
  };
}
