/** One raw delivery exactly as given, and a look at those that the store has sent. */

import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { BadInput } from '../bad-input.ts';
import { checked } from '../http/checked.ts';
import type { Inside } from '../inside.ts';
import type { Route } from '../types.ts';
import { webhookHeaders, webhookHmac } from '../webhooks/envelope.ts';
import { post } from '../webhooks/post.ts';

const schema = z.strictObject({
  topic: z.string().min(1).optional(),
  shop: z.string().min(1).optional(),
  body: z.union([z.string(), z.record(z.string(), z.unknown()), z.array(z.unknown())]),
  headers: z.record(z.string(), z.string().nullable()).optional(),
  sign: z.boolean().optional(),
  wait: z.boolean().optional(),
});

export function webhookRoutes(inside: Inside): Route[] {
  const { sandbox, config, work } = inside;
  return [
    {
      method: 'POST',
      path: '/control/webhooks',
      async handle(request) {
        const input = checked(schema, request.json());
        const body = typeof input.body === 'string' ? input.body : JSON.stringify(input.body);
        const topic = input.topic ?? 'orders/create';
        // An unknown shop is sent as it is: that a stranger's name stands in a header is what such a test is about.
        const shop = input.shop ?? sandbox.shop(request.query.get('shop')).domain;
        const headers: Record<string, string> = webhookHeaders({
          shop,
          topic,
          id: randomUUID(),
          eventId: randomUUID(),
          triggeredAt: sandbox.clock.iso(),
          apiVersion: config().apiVersion,
        });
        if (input.sign !== false) headers['x-shopify-hmac-sha256'] = webhookHmac(body, sandbox.apiSecret);
        overwrite(headers, input.headers ?? {});
        const uri = config().subscriptions.find((s) => s.topic === topic)?.uri ?? '/webhooks';
        const url = new URL(uri, sandbox.appUrl).href;
        if (input.wait === false) {
          work.start(`raw webhook ${topic}`, async () => void (await post(url, headers, body)));
          return { status: 202, body: { status: null, ms: 0 } };
        }
        const { status, ms, error, answer } = await post(url, headers, body);
        return { body: { status, ms, ...(error && { error }), ...(answer && { answer }) } };
      },
    },
    {
      method: 'GET',
      path: '/control/deliveries',
      handle(request) {
        const shop = request.query.get('shop');
        const topic = request.query.get('topic');
        const found = sandbox.state.deliveries.filter(
          (d) => (!shop || d.shop === sandbox.shop(shop).domain) && (!topic || d.topic === topic),
        );
        const limit = Number(request.query.get('limit') ?? 500);
        if (!Number.isInteger(limit) || limit < 1) throw new BadInput('limit: a whole number from 1 on');
        return { body: found.slice(-limit) };
      },
    },
  ];
}

/** Whatever case a header is written in; null takes it out. */
function overwrite(headers: Record<string, string>, wishes: Record<string, string | null>): void {
  for (const [name, value] of Object.entries(wishes)) {
    if (!/^[\w-]+$/.test(name)) throw new BadInput(`headers: "${name}" is no name of a header`);
    delete headers[name.toLowerCase()];
    if (value !== null) headers[name.toLowerCase()] = value;
  }
}
