/** What a webhook of the inbox means, or why it means nothing. */
import { z } from 'zod';
import { contradiction, namesItsShop } from './binding.ts';
import type { Context } from './bodies/fields.ts';
import { parseJson } from './json.ts';
import { TOPICS, type Meaning } from './topics.ts';

export type Reading =
  | { outcome: 'meant'; meanings: Meaning[]; once: boolean }
  | { outcome: 'dead'; reason: string }
  | { outcome: 'ignored'; reason: string };

export interface Unread {
  topic: string;
  body: string;
  triggeredAt: Date | null;
  receivedAt: Date;
}

/** Fingerprints are kept a day longer than an unbound body is believed. */
const MAX_UNBOUND_DAYS = 14;

/** Never throws: what can't be read is a dead letter with its reason. */
export function readWebhook(webhook: Unread, shop: Context['shop'] & { isInstalled: boolean }): Reading {
  const topic = TOPICS[webhook.topic];
  if (!topic) return { outcome: 'ignored', reason: 'unknown-topic' };
  try {
    const body = parseJson(webhook.body);
    const reason = contradiction(body, { shop }) ?? (topic.once ? tooOld(body, webhook.receivedAt) : null);
    if (reason) return { outcome: 'dead', reason };
    const at = webhook.triggeredAt ?? webhook.receivedAt;
    const meanings = topic.read(body, { shop, topic: webhook.topic, at });
    const isHanded = meanings.some(({ kind }) => kind === 'handed');
    if (!shop.isInstalled && !isHanded) return { outcome: 'ignored', reason: 'shop-uninstalled' };
    return { outcome: 'meant', meanings, once: topic.once };
  } catch (error) {
    return { outcome: 'dead', reason: reasonOf(error) };
  }
}

/** Names the field, never its value: values are personal. */
function reasonOf(error: unknown): string {
  if (error instanceof SyntaxError) return 'not-json';
  if (error instanceof RangeError) return 'too-deep';
  if (!(error instanceof z.ZodError)) throw error;
  const fields = error.issues.slice(0, 3).map(({ path, code }) => `${path.join('.') || 'body'}: ${code}`);
  return `unreadable (${fields.join(', ')})`;
}

/** A body that does not say whose it is and has long passed is a replay. */
function tooOld(body: unknown, receivedAt: Date): string | null {
  if (typeof body !== 'object' || body === null || namesItsShop(body)) return null;
  const moments = Object.entries(body)
    .filter(([name]) => name.endsWith('_at'))
    .map(([, value]) => (typeof value === 'string' ? Date.parse(value) : NaN))
    .filter((ms) => !Number.isNaN(ms));
  if (moments.length === 0) return null;
  const days = (receivedAt.getTime() - Math.max(...moments)) / 86_400_000;
  return days > MAX_UNBOUND_DAYS ? 'old-body' : null;
}
