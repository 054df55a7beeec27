/** What a careful person writes without a framework: verify, insert one row a request, answer. The same columns as ours. */
import { createHmac, timingSafeEqual } from 'node:crypto';
import http from 'node:http';
import pg from 'pg';

const secret = process.env['SHOPIFY_API_SECRET']!;
const pool = new pg.Pool({ connectionString: process.env['DATABASE_URL']!, max: 10 });
const [shop] = (await pool.query<{ id: string }>('select id from shop limit 1')).rows;

const INSERT = `
  insert into bare.webhook_inbox
    (shop_id, webhook_id, topic, event_id, api_version, triggered_at, received_at, body, state, due_at)
  values ($1, $2, $3, $4, $5, $6, $7, $8, 0, $7) on conflict (shop_id, webhook_id) do nothing`;

const server = http.createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => {
    const body = Buffer.concat(chunks);
    const { headers } = request;
    const right = createHmac('sha256', secret).update(body).digest();
    const given = Buffer.from(String(headers['x-shopify-hmac-sha256'] ?? ''), 'base64');
    if (right.length !== given.length || !timingSafeEqual(right, given)) {
      response.writeHead(401).end();
      return;
    }
    const values = [
      shop!.id,
      headers['x-shopify-webhook-id'],
      headers['x-shopify-topic'],
      headers['x-shopify-event-id'],
      headers['x-shopify-api-version'],
      headers['x-shopify-triggered-at'],
      new Date().toISOString(),
      body.toString('utf8'),
    ];
    pool.query({ name: 'insert', text: INSERT, values }).then(
      () => response.writeHead(200).end(),
      () => response.writeHead(503).end(),
    );
  });
});
server.keepAliveTimeout = 60_000;
server.listen(Number(process.env['PORT']), '127.0.0.1', () => process.send?.('ready'));
