/**
 * One process of load: signed webhooks over kept-alive connections, written byte for byte, so that what is measured is the
 * server. Started by fork(); is told what to do by messages and answers each with what it saw.
 */
import { createHmac, randomUUID } from 'node:crypto';
import net from 'node:net';
import { aCustomerBody, aLineBody, anOrderBody } from '../../webhook-bodies.ts';

export interface Order {
  port: number;
  shop: string;
  secret: string;
  connections: number;
  /** Either for so long, as fast as answers come … */
  seconds: number;
  /** … or so many a second, whether or not they come. */
  rate?: number;
}

export interface Seen {
  accepted: number;
  refused: number;
  seconds: number;
  /** Milliseconds, sorted; from when a request was due, not from when there was room for it. */
  latencies: number[];
}

interface Webhook {
  body: Buffer;
  hmac: string;
}

/** Orders of two to five lines, 6–12 KB, each signed. */
function bodies(secret: string, count: number): Webhook[] {
  return Array.from({ length: count }, (_, n) => {
    const lines = Array.from({ length: 2 + (n % 4) }, () => aLineBody(MORE));
    const order = anOrderBody({
      line_items: lines,
      customer: aCustomerBody(),
      ...PADDING,
      note: `order ${n}`,
    });
    const body = Buffer.from(JSON.stringify(order));
    return { body, hmac: createHmac('sha256', secret).update(body).digest('base64') };
  });
}

const money = {
  shop_money: { amount: '9.00', currency_code: 'EUR' },
  presentment_money: { amount: '9.00', currency_code: 'EUR' },
};

/** What real lines and orders have beside what the app reads. */
const MORE = {
  attributed_staffs: [],
  fulfillable_quantity: 2,
  fulfillment_service: 'manual',
  gift_card: false,
  grams: 250,
  name: 'Ski Wax - Special',
  product_exists: true,
  properties: [],
  sku: 'WAX-S',
  taxable: true,
  total_discount: '0.00',
  total_discount_set: money,
  variant_inventory_management: 'shopify',
  variant_title: 'Special',
  vendor: 'Test Store',
  tax_lines: [{ channel_liable: false, price: '3.99', price_set: money, rate: 0.19, title: 'VAT' }],
  duties: [],
  discount_allocations: [{ amount: '7.49', amount_set: money, discount_application_index: 0 }],
};
const SETS = [
  'current_shipping_price',
  'current_subtotal_price',
  'current_total_discounts',
  'current_total_price',
  'current_total_tax',
  'subtotal_price',
  'total_cash_rounding_payment_adjustment',
  'total_cash_rounding_refund_adjustment',
  'total_discounts',
  'total_line_items_price',
  'total_shipping_price',
  'total_tax',
];
const PADDING = {
  ...Object.fromEntries(
    SETS.flatMap((name) => [
      [`${name}_set`, money],
      [name, '9.00'],
    ]),
  ),
  client_details: {
    accept_language: 'en-CA',
    browser_ip: '203.0.113.9',
    user_agent: 'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36',
  },
  landing_site: '/discount/ANNA-7KQ2?redirect=%2Fpages%2Frefer&utm_source=referral',
  payment_gateway_names: ['shopify_payments'],
};

const FIRST = new TextEncoder().encode('HTTP/1.1 200');

/** One connection; a request at a time. */
class Connection {
  private readonly socket: net.Socket;
  private answer: ((ok: boolean) => void) | null = null;
  private head: Buffer = Buffer.alloc(0);

  constructor(port: number) {
    this.socket = net.connect({ port, host: '127.0.0.1', noDelay: true });
    this.socket.on('data', (chunk: Buffer) => this.read(chunk));
    this.socket.on('error', () => this.end(false));
    this.socket.on('close', () => this.end(false));
  }

  send(head: string, body: Buffer): Promise<boolean> {
    return new Promise((resolve) => {
      this.answer = resolve;
      this.socket.cork();
      this.socket.write(head, 'latin1');
      this.socket.write(body);
      this.socket.uncork();
    });
  }

  close(): void {
    this.socket.destroy();
  }

  /** Answers to webhooks have no body: they end with the head, or with an empty chunk. */
  private read(chunk: Buffer): void {
    this.head = this.head.length === 0 ? chunk : Buffer.concat([this.head, chunk]);
    const end = this.head.indexOf('\r\n\r\n');
    if (end < 0) return;
    const isChunked = this.head
      .subarray(0, end)
      .toString('latin1')
      .toLowerCase()
      .includes('transfer-encoding: chunked');
    if (isChunked && this.head.indexOf('0\r\n\r\n', end) < 0) return;
    const ok = this.head.subarray(0, FIRST.length).equals(FIRST);
    this.head = Buffer.alloc(0);
    this.end(ok);
  }

  private end(ok: boolean): void {
    const answer = this.answer;
    this.answer = null;
    answer?.(ok);
  }
}

async function run(order: Order): Promise<Seen> {
  const webhooks = (prepared ??= bodies(order.secret, 1000));
  const seen: Seen = { accepted: 0, refused: 0, seconds: 0, latencies: [] };
  const connections = Array.from({ length: order.connections }, () => new Connection(order.port));
  const started = performance.now();
  const until = started + order.seconds * 1000;
  let sent = 0;
  const one = async (connection: Connection, dueAt: number) => {
    const webhook = webhooks[sent++ % webhooks.length]!;
    const ok = await connection.send(headOf(order, webhook), webhook.body);
    seen.latencies.push(performance.now() - dueAt);
    if (ok) seen.accepted++;
    else seen.refused++;
  };
  const flatOut = async (connection: Connection) => {
    while (performance.now() < until) await one(connection, performance.now());
  };
  if (order.rate) await paced(connections, order.rate, started, until, one);
  else await Promise.all(connections.map(flatOut));
  seen.seconds = (performance.now() - started) / 1000;
  for (const connection of connections) connection.close();
  seen.latencies.sort((a, b) => a - b);
  return seen;
}

let prepared: Webhook[] | undefined;

/** Requests that are due wait for a free connection; how long they waited counts. */
async function paced(
  free: Connection[],
  rate: number,
  started: number,
  until: number,
  one: (connection: Connection, dueAt: number) => Promise<void>,
): Promise<void> {
  const due: number[] = [];
  const idle = [...free];
  const underWay = new Set<Promise<void>>();
  let next = started;
  const start = () => {
    while (idle.length > 0 && due.length > 0) {
      const connection = idle.pop()!;
      const work = one(connection, due.shift()!).then(() => {
        underWay.delete(work);
        idle.push(connection);
        start();
      });
      underWay.add(work);
    }
  };
  while (performance.now() < until) {
    for (; next <= performance.now(); next += 1000 / rate) due.push(next);
    start();
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
  await Promise.all(underWay);
}

function headOf(order: Order, { body, hmac }: Webhook): string {
  return [
    'POST /webhooks HTTP/1.1',
    'Host: localhost',
    'Content-Type: application/json',
    `Content-Length: ${body.length}`,
    'X-Shopify-Topic: orders/create',
    `X-Shopify-Shop-Domain: ${order.shop}`,
    'X-Shopify-API-Version: 2026-10',
    `X-Shopify-Webhook-Id: ${randomUUID()}`,
    `X-Shopify-Event-Id: ${randomUUID()}`,
    `X-Shopify-Triggered-At: ${new Date().toISOString()}`,
    `X-Shopify-Hmac-Sha256: ${hmac}`,
    'User-Agent: Shopify-Captain-Hook',
    '\r\n',
  ].join('\r\n');
}

process.on('message', (order: Order) => {
  void run(order).then((seen) => process.send?.(seen));
});
