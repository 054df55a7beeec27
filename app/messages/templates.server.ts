/** Texts of a shop: installing, publishing, reading. */
import { createHash } from 'node:crypto';
import type { ShopTx } from '../db.server.ts';
import { templateTextSchema, type Template, type TemplateText } from './blocks.ts';
import { checkCompiled, checkText, type Check } from './checks.ts';
import { compile, type Compiled } from './compile.server.ts';

export type SavedTemplate = { outcome: 'saved'; checks: Check[] } | { outcome: 'refused'; checks: Check[] };

/** A text as it is stored. */
export interface StoredTemplate extends Template {
  version: number;
  updatedAt: Date;
}

interface Row {
  key: string;
  locale: string;
  version: number;
  subject: string;
  preheader: string;
  blocks: unknown;
  updated_at: Date;
}

const INSTALL = `
  insert into template (shop_id, key, locale, version, subject, preheader, blocks, compiled_html, compiled_text, updated_at)
  select $1::bigint, key, locale, 1, subject, preheader, blocks::jsonb, html, plain, $9::timestamptz
  from unnest($2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[])
    as t(key, locale, subject, preheader, blocks, html, plain)
  on conflict (shop_id, key, locale) do nothing`;

/** See the door. The same texts are compiled once a process, however many shops install. */
export async function installTemplates(
  tx: Pick<ShopTx, 'shopId' | 'sql'>,
  templates: readonly Template[],
  now: Date,
): Promise<void> {
  if (templates.length === 0) return;
  const compiled = await Promise.all(templates.map(({ text, locale }) => compiledOnce(text, locale)));
  await tx.sql(INSTALL, [
    tx.shopId,
    templates.map((one) => one.key),
    templates.map((one) => one.locale),
    templates.map((one) => one.text.subject),
    templates.map((one) => one.text.preheader),
    templates.map((one) => JSON.stringify(one.text.blocks)),
    compiled.map((one) => one.html),
    compiled.map((one) => one.text),
    now,
  ]);
}

const SAVE = `
  insert into template (shop_id, key, locale, version, subject, preheader, blocks, compiled_html, compiled_text, updated_at)
  values ($1, $2, $3, 1, $4, $5, $6::jsonb, $7, $8, $9)
  on conflict (shop_id, key, locale) do update set version = template.version + 1, subject = excluded.subject,
    preheader = excluded.preheader, blocks = excluded.blocks, compiled_html = excluded.compiled_html,
    compiled_text = excluded.compiled_text, updated_at = excluded.updated_at`;

/** See the door. */
export async function checkTemplate(text: TemplateText, locale: string): Promise<Check[]> {
  const checks = checkText(text);
  // What cannot be read cannot be compiled either.
  if (hasError(checks)) return checks;
  return [...checks, ...checkCompiled((await compiledOnce(text, locale)).html)];
}

const hasError = (checks: readonly Check[]) => checks.some((check) => check.level === 'error');

/** See the door. */
export async function saveTemplate(
  tx: ShopTx,
  { key, locale, text: given }: Template,
  now: Date,
): Promise<SavedTemplate> {
  const text = templateTextSchema.parse(given);
  const checks = await checkTemplate(text, locale);
  if (hasError(checks)) return { outcome: 'refused', checks };
  const compiled = await compiledOnce(text, locale);
  const { subject, preheader, blocks } = text;
  const content = [subject, preheader, JSON.stringify(blocks), compiled.html, compiled.text];
  await tx.sql(SAVE, [tx.shopId, key, locale, ...content, now]);
  return { outcome: 'saved', checks };
}

const REMOVE = `
  delete from template where shop_id = $1 and key = $2 and locale = $3
    and exists (select 1 from template o where o.shop_id = $1 and o.key = $2 and o.locale <> $3) returning locale`;

/** See the door. */
export async function removeTemplate(
  tx: ShopTx,
  { key, locale }: Pick<Template, 'key' | 'locale'>,
): Promise<boolean> {
  return (await tx.sql(REMOVE, [tx.shopId, key, locale])).length > 0;
}

const LIST = `
  select key, locale, version, subject, preheader, blocks, updated_at from template
  where shop_id = $1 and ($2::text is null or key = $2) order by key, locale`;

/** See the door. */
export async function templatesOf(tx: ShopTx, key?: string): Promise<StoredTemplate[]> {
  const rows = await tx.sql<Row>(LIST, [tx.shopId, key ?? null]);
  return rows.map((row) => ({
    key: row.key,
    locale: row.locale,
    version: row.version,
    updatedAt: row.updated_at,
    text: { subject: row.subject, preheader: row.preheader, blocks: row.blocks as TemplateText['blocks'] },
  }));
}

const MOST_REMEMBERED = 300;
const remembered = new Map<string, Promise<Compiled>>();

/** Compiling takes some ten milliseconds a text; defaults are the same for every shop. */
export function compiledOnce(text: TemplateText, locale: string): Promise<Compiled> {
  const name = createHash('sha256')
    .update(JSON.stringify([locale, text]))
    .digest('base64');
  const known = remembered.get(name);
  if (known) return known;
  const compiling = compile(text, locale);
  remembered.set(name, compiling);
  if (remembered.size > MOST_REMEMBERED) remembered.delete(remembered.keys().next().value!);
  return compiling;
}
