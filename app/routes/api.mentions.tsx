/** "Somebody speaks of you": posted by a program of the merchant's, signed with the shop's secret (docs/mentions.md). */
import type { ActionFunctionArgs } from '@remix-run/node';
import { now, realNow } from '../clock.server.ts';
import { hear } from '../conversations/conversations.server.ts';
import { mentionSchema, voiceOfMention } from '../correspondence/mentions.ts';
import { queryOf } from '../fields.server.ts';
import { readText, storableJson, tooOften } from '../limits.server.ts';
import { findShop } from '../shops/shops.server.ts';
import { app } from '../wiring.server.ts';

export const loader = () => new Response(null, { status: 405, headers: { allow: 'POST' } });

export async function action({ request }: ActionFunctionArgs) {
  const { db, isSignedByShop } = app();
  const body = await readText(request, 128 * 1024);
  if (body === null) return new Response(null, { status: request.body ? 413 : 400 });
  const domain = queryOf(request).get('shop') ?? '';
  const shop = await findShop({ sql: db.sqlAcrossShops }, domain);
  const header = (name: string) => request.headers.get(name);
  if (shop?.status !== 'installed' || !isSignedByShop(shop.id, header, body, realNow()))
    return new Response(null, { status: 401 });
  const limited = await tooOften(request, 'program', shop.id);
  if (limited) return limited;
  const parsed = mentionSchema.safeParse(jsonOf(body));
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const error = `${issue?.path.join('.') || 'body'}: ${issue?.message ?? 'is no JSON'}`;
    return Response.json({ error }, { status: 422 });
  }
  const at = now();
  await db.acrossShops((tx) => hear(tx, [voiceOfMention(shop.id, parsed.data, at)], at));
  return new Response(null, { status: 200 });
}

function jsonOf(body: string): unknown {
  try {
    return storableJson(body);
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}
