/** What operators watch, in Prometheus' format; names are explained in docs/running-it.md. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { PrometheusExporter } from '@opentelemetry/exporter-prometheus';
import { MeterProvider } from '@opentelemetry/sdk-metrics';
import { now } from './clock.server.ts';
import type { Db } from './db.server.ts';

const exporter = new PrometheusExporter({ preventServerStart: true });
const meter = new MeterProvider({ readers: [exporter] }).getMeter('everafter');

const webhooks = meter.createCounter('everafter_webhooks', { description: 'Webhooks answered, by status' });
const work = meter.createCounter('everafter_work', { description: 'Things done by the worker, by loop' });
const failures = meter.createCounter('everafter_loop_failures', {
  description: 'Rounds of a loop that threw',
});
const requests = meter.createHistogram('everafter_request_ms', {
  description: 'Milliseconds to answer a request, by status class',
  advice: { explicitBucketBoundaries: [5, 10, 25, 50, 100, 250, 500, 1000, 2500, 5000] },
});

export const count = {
  webhook: (status: number) => webhooks.add(1, { status }),
  work: (loop: string, things: number) => work.add(things, { loop }),
  failure: (loop: string) => failures.add(1, { loop }),
  request: (status: number, ms: number) => requests.record(ms, { status: `${Math.floor(status / 100)}xx` }),
};

const LAG = `
  select kind, extract(epoch from ($1::timestamptz - min(due_at)))::float8 as seconds, count(*) as waiting
  from due_moment where due_at <= $1 group by kind`;

/** Gauges of how far behind the due work is, read when they are asked for. */
export function watchLag(db: Db): void {
  const lag = meter.createObservableGauge('everafter_due_lag_seconds', {
    description: 'Age of the oldest due thing, by kind',
  });
  const waiting = meter.createObservableGauge('everafter_due', { description: 'Due things, by kind' });
  meter.addBatchObservableCallback(
    async (result) => {
      const rows = await db.sqlAcrossShops<{ kind: string; seconds: number; waiting: bigint }>(LAG, [now()]);
      for (const row of rows) {
        result.observe(lag, row.seconds, { kind: row.kind });
        result.observe(waiting, Number(row.waiting), { kind: row.kind });
      }
    },
    [lag, waiting],
  );
}

/** Answers GET /metrics. */
export function serveMetrics(request: IncomingMessage, response: ServerResponse): void {
  exporter.getMetricsRequestHandler(request, response);
}
