/**
 * Where an extension runs: a classic Web Worker with Remote DOM's polyfill of the DOM. One worker for each target on
 * the page, as one script may serve several targets.
 */
import '@remote-dom/core/polyfill';
import { BatchingRemoteConnection, connectRemoteNode, setRemoteId } from '@remote-dom/core/elements';
import { ROOT_ID, type RemoteConnection } from '@remote-dom/core';
import { ThreadWebWorker } from '@quilted/threads';
import tables from '../elements/elements.json';
import type { HostExports, Problem, RunOptions, WorkerExports } from '../protocol.ts';
import { createApi } from './api.ts';
import { defineElements, echo } from './elements.ts';
import { restrict } from './restrict.ts';

declare function importScripts(url: string): void;

let update: WorkerExports['update'] = () => {};

const thread = new ThreadWebWorker<HostExports, WorkerExports>(self as never, {
  exports: {
    run: (options, connection) => run(options, connection as RemoteConnection),
    update: (path, value) => update(path, value),
  },
});
const host = thread.imports as unknown as HostExports;

function report(level: Problem['level'], error: unknown): void {
  void host.problem({
    level,
    message: error instanceof Error ? (error.stack ?? error.message) : String(error),
  });
}

async function run(options: RunOptions, connection: RemoteConnection): Promise<void> {
  self.addEventListener('error', (event) => report('error', event.error ?? event.message));
  self.addEventListener('unhandledrejection', (event) => report('error', event.reason));

  defineElements(tables.surfaces[options.surface], (message) => report('warn', message));
  const created = createApi(options, host);
  update = created.update;
  Object.assign(globalThis, { shopify: created.shopify });
  restrict(options);
  mirror(connection);

  importScripts(options.scriptUrl);
  const callback = created.targets.get(options.target);
  if (!callback) {
    const offered = [...created.targets.keys()].join(', ') || 'none';
    throw new Error(`The script has no target ${options.target}; it has: ${offered}.`);
  }
  await callback(created.shopify);
}

/** Makes `document.body` the remote root: what the extension renders into it is mirrored on the page. */
function mirror(connection: RemoteConnection): void {
  const batched = new BatchingRemoteConnection(connection);
  const root: RemoteConnection = {
    mutate(records) {
      if (!echo.off) batched.mutate(records as never);
    },
    call: (id, method, ...args) => connection.call(id, method, ...args),
  };
  setRemoteId(document.body, ROOT_ID);
  connectRemoteNode(document.body, root);
}
