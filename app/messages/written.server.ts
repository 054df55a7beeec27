/** A merchant's text, filled in for somebody whose mail takes another way than the outbox. */
import type { ShopTx } from '../db.server.ts';
import type { Shop } from '../shops/shop.ts';
import { closestTag } from '../shops/translations.ts';
import type { Template, TemplateText } from './blocks.ts';
import { compiledOf, dressingOf, spokenOf } from './contents.server.ts';
import type { MergeFields } from './fields.ts';
import { smsText } from './plain-text.ts';
import { parseText, renderMail, type CompiledText, type Dressing, type Rendered } from './render.ts';
import { compiledOnce, installTemplates } from './templates.server.ts';

export interface Written extends Rendered {
  locale: string;
}

interface Wanted {
  shop: Shop;
  /** The text as the house brings it, in all its languages: installed where the shop has none. */
  own: readonly Template[];
  /** BCP 47; the shop's own language stands behind it. */
  language: string | null;
  class: Dressing['class'];
  /** In the language that the text is in. */
  fields: (locale: string) => MergeFields;
}

interface Row {
  locale: string;
  subject: string;
  preheader: string;
  blocks: TemplateText['blocks'];
  compiled_html: string;
  compiled_text: string;
}

const TEXTS = `
  select locale, subject, preheader, blocks, compiled_html, compiled_text from template where shop_id = $1 and key = $2`;

/** Nothing counts who reads it. A text that names what is not known here gives way to the house's own. */
export async function written(tx: ShopTx, wanted: Wanted, now: Date): Promise<Written> {
  const { shop, own, language, fields } = wanted;
  await installTemplates(tx, own, now);
  const texts = await tx.sql<Row>(TEXTS, [tx.shopId, own[0]!.key]);
  const locale = spokenOf(texts, shop, [language]) ?? 'en';
  const text = texts.find((one) => one.locale === locale);
  const filled = text && filledIn(compiledOf(text), wanted, fields(locale));
  if (filled && !('missing' in filled)) return { ...filled, locale };
  const tag = closestTag(
    own.map((one) => one.locale),
    locale,
  );
  const standard = own.find((one) => one.locale === tag) ?? own[0]!;
  const compiled = await compiledOnce(standard.text, standard.locale);
  const sms = smsText(standard.text, standard.locale);
  const whole = filledIn(
    { ...compiled, subject: standard.text.subject, sms },
    wanted,
    fields(standard.locale),
  );
  if ('missing' in whole) throw new Error(`the house’s own text lacks ${JSON.stringify(whole.missing)}`);
  return { ...whole, locale: standard.locale };
}

const filledIn = (compiled: CompiledText, { shop, class: kind }: Wanted, fields: MergeFields) =>
  renderMail(parseText(compiled), fields, dressingOf(shop, kind), {
    click: null,
    pixelUrl: null,
    ownOrigin: '',
  });
