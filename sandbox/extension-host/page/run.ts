/** Runs one target of an extension in a worker, and mirrors what it renders into an element of the page. */
import { DOMRemoteReceiver } from '@remote-dom/core/receivers';
import { ThreadWebWorker } from '@quilted/threads';
import tables from '../elements/elements.json';
import type { ElementTable, HostExports, RunOptions, WorkerExports } from '../protocol.ts';

export interface Running {
  update(path: string, value: unknown): void;
  stop(): void;
}

export function runExtension(root: HTMLElement, options: RunOptions, host: HostExports): Running {
  const receiver = new DOMRemoteReceiver({
    root,
    elements: allowList(tables.surfaces[options.surface]) as never,
  });
  const worker = new Worker('/extensions/worker.js', { name: options.target });
  const abort = new AbortController();
  const thread = new ThreadWebWorker<WorkerExports, HostExports>(worker, {
    exports: host,
    signal: abort.signal,
  });
  const extension = thread.imports as unknown as WorkerExports;
  const fail = (error: unknown) => {
    const message = error instanceof Error ? (error.stack ?? error.message) : String(error);
    if (!abort.signal.aborted) void host.problem({ level: 'error', message });
  };
  worker.addEventListener('error', (event) => fail(`${event.message} (${event.filename}:${event.lineno})`));

  const connection = {
    // Remote DOM refuses a whole insertion for one forbidden element: say so instead of failing without a word.
    mutate(records: never) {
      try {
        receiver.connection.mutate(records);
      } catch (error) {
        fail(error);
      }
    },
    call: (...args: Parameters<typeof receiver.connection.call>) => receiver.connection.call(...args),
  };
  Promise.resolve(extension.run(options, connection)).catch(fail);

  return {
    update: (path, value) => extension.update(path, value),
    stop() {
      abort.abort();
      worker.terminate();
      root.replaceChildren();
    },
  };
}

/** Only what the surface has. 'slot' is the one attribute that Remote DOM sends by itself. */
function allowList(elements: ElementTable): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(elements).map(([tag, spec]) => [
      tag,
      {
        properties: Object.fromEntries(Object.keys(spec.props).map((name) => [name, {}])),
        attributes: ['slot'],
        events: Object.fromEntries(spec.events.map((name) => [name, {}])),
        methods: spec.methods,
      },
    ]),
  );
}
