/** What Shopify Flow posts when a workflow comes to our action: signed over the whole body, as webhooks are. */
import { createSecretKey } from 'node:crypto';
import { z } from 'zod';
import { isSigned } from './intake.server.ts';

const id = z
  .union([z.number().int().positive(), z.string().regex(/^(gid:\/\/shopify\/Customer\/)?[1-9]\d{0,18}$/)])
  .transform((value) => BigInt(String(value).replace(/^.*\//, '')))
  .refine((value) => value < 2n ** 63n);

const runSchema = z.object({
  shopify_domain: z.string().regex(/^[a-z0-9][a-z0-9-]{0,62}\.myshopify\.com$/i),
  /** The same however often Flow tries it. */
  action_run_id: z.string().min(1).max(200),
  handle: z.string().optional(),
  properties: z.object({
    customer_id: id,
    sequence: z.string().trim().min(1).max(120),
  }),
});

export type FlowReading =
  | { outcome: 'forged' }
  /** `missing`: the field that is, or is no use. */
  | { outcome: 'malformed'; missing: string }
  | { outcome: 'run'; domain: string; run: string; customerId: bigint; sequence: string };

const HANDLE = 'begin-sequence';

/** @param signature the header x-shopify-hmac-sha256 */
export function readFlowRun(body: Buffer, signature: string | null, secrets: readonly string[]): FlowReading {
  const keys = secrets.map((secret) => createSecretKey(secret, 'utf8'));
  if (!isSigned(body, signature, keys)) return { outcome: 'forged' };
  const parsed = runSchema.safeParse(jsonOf(body));
  if (!parsed.success) {
    const path = parsed.error.issues[0]?.path.join('.') || 'body';
    return { outcome: 'malformed', missing: path };
  }
  const { shopify_domain: domain, action_run_id: run, handle, properties } = parsed.data;
  if (handle !== undefined && handle !== HANDLE) return { outcome: 'malformed', missing: 'handle' };
  return {
    outcome: 'run',
    domain: domain.toLowerCase(),
    run,
    customerId: properties.customer_id,
    sequence: properties.sequence,
  };
}

function jsonOf(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8')) as unknown;
  } catch {
    return null;
  }
}
