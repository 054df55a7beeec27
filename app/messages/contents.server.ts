/** The words of a batch: language, published text and fields of each message, put together. */
import type { SqlTx } from '../db.server.ts';
import type { Shop } from '../shops/shop.ts';
import { closestTag } from '../shops/translations.ts';
import type { TemplateText } from './blocks.ts';
import type { JudgedMessage } from './facts.server.ts';
import type { Contents } from './hand-over.server.ts';
import type { LinkOwner, Links } from './links.server.ts';
import type { MergeSource, Wanted } from './merge-source.server.ts';
import type { Reason } from './message.ts';
import { smsText } from './plain-text.ts';
import type { Content } from './record.server.ts';
import { parseText, renderMail, renderSms, type Dressing, type ParsedText, type Tracking } from './render.ts';
import { mayTrackClicks, mayTrackOpens } from './tracking.ts';

export interface ContentsDeps {
  source: MergeSource;
  links: Links;
  /** Origin of the app: links that begin so are ours already. */
  appUrl: string;
}

export function makeContents(deps: ContentsDeps): Contents {
  const parsed = new Map<string, ParsedText>();
  return async (tx, messages, now) => {
    const available = await publishedFor(tx, messages);
    const locales = localesFor(messages, available);
    const spoken = messages.filter((one) => locales.has(one.message.id));
    const texts = await textsFor(tx, spoken, { locales, available, parsed });
    const wanted = spoken.map((one) => wantedOf(one, locales.get(one.message.id)!));
    const fields = await deps.source(tx, wanted, now);
    return new Map(
      messages.map((one): [string, Content | { missing: Reason }] => {
        const { id, template_key: template } = one.message;
        const [locale, text, known] = [locales.get(id), texts.get(id), fields.get(id)];
        if (!locale || !text || !known) return [id, { missing: { code: 'no-template', template } }];
        const dressing = dressingOf(one.shop, one.message.class);
        const words =
          one.channel === 'sms'
            ? renderSms(text, known, dressing)
            : renderMail(text, known, dressing, trackingOf(one, deps));
        return [id, 'missing' in words ? words : { locale, ...words }];
      }),
    );
  };
}

interface Published {
  shop_id: bigint;
  key: string;
  locale: string;
  version: number;
}

const PUBLISHED = `
  select p.shop_id, p.key, p.locale, p.version from template p
  join (select distinct * from unnest($1::bigint[], $2::text[]) as t(shop_id, key)) t using (shop_id, key)`;

const nameOf = (shopId: bigint, key: string) => `${shopId} ${key}`;

/** Versions of the texts that the messages need, in all languages, by shop and key. */
async function publishedFor(
  tx: SqlTx,
  messages: readonly JudgedMessage[],
): Promise<Map<string, Published[]>> {
  const rows = await tx.sql<Published>(PUBLISHED, [
    messages.map((one) => one.message.shop_id),
    messages.map((one) => one.message.template_key),
  ]);
  return Map.groupBy(rows, (row) => nameOf(row.shop_id, row.key));
}

/** Of the languages that there is a text in; the shop's own, or English, where it is none of those that the customer speaks. */
function localesFor(
  messages: readonly JudgedMessage[],
  available: ReadonlyMap<string, Published[]>,
): Map<string, string> {
  return new Map(
    messages.flatMap(({ message, shop, languages }) => {
      const texts = available.get(nameOf(message.shop_id, message.template_key)) ?? [];
      const locale = spokenOf(texts, shop, languages);
      return locale ? [[message.id, locale]] : [];
    }),
  );
}

/** Languages the merchant writes in win over others that a text happens to exist in. */
export function spokenOf<Text extends { locale: string }>(
  texts: readonly Text[],
  shop: Shop,
  wishes: readonly (string | null)[],
): string | null {
  const all = texts.map((text) => text.locale);
  const { languages } = shop.settings;
  const chosen = all.filter((locale) => languages.length === 0 || closestTagIn(languages, locale));
  return closestTag(chosen.length > 0 ? chosen : all, ...wishes, shop.locale);
}

const closestTagIn = (languages: readonly string[], locale: string) =>
  languages.some((language) => language.split('-', 1)[0] === locale.split('-', 1)[0]);

interface CompiledRow extends Published {
  subject: string;
  preheader: string;
  blocks: TemplateText['blocks'];
  compiled_html: string;
  compiled_text: string;
}

const COMPILED = `
  select p.shop_id, p.key, p.locale, p.version, p.subject, p.preheader, p.blocks, p.compiled_html, p.compiled_text
  from template p
  join (select distinct * from unnest($1::bigint[], $2::text[], $3::text[]) as t(shop_id, key, locale)) t
    using (shop_id, key, locale)`;

const MOST_PARSED = 500;

interface Choice {
  locales: ReadonlyMap<string, string>;
  available: ReadonlyMap<string, Published[]>;
  /** Texts read before, by shop, key, language and version. */
  parsed: Map<string, ParsedText>;
}

/** The text of each message; those that were read before in this version are not fetched again. */
async function textsFor(
  tx: SqlTx,
  messages: readonly JudgedMessage[],
  { locales, available, parsed }: Choice,
): Promise<Map<string, ParsedText>> {
  const choices = messages.map(({ message }) => {
    const locale = locales.get(message.id);
    const text = available
      .get(nameOf(message.shop_id, message.template_key))
      ?.find((one) => one.locale === locale);
    return { id: message.id, text: text! };
  });
  const cacheName = (text: Published) => `${text.shop_id} ${text.key} ${text.locale} ${text.version}`;
  const unread = choices.filter(({ text }) => !parsed.has(cacheName(text)));
  if (unread.length > 0) {
    const rows = await tx.sql<CompiledRow>(COMPILED, [
      unread.map(({ text }) => text.shop_id),
      unread.map(({ text }) => text.key),
      unread.map(({ text }) => text.locale),
    ]);
    if (parsed.size > MOST_PARSED) parsed.clear();
    for (const row of rows) parsed.set(cacheName(row), parseText(compiledOf(row)));
  }
  return new Map(
    choices.flatMap(({ id, text }) => {
      const ready = parsed.get(cacheName(text));
      return ready ? [[id, ready]] : [];
    }),
  );
}

export const compiledOf = ({
  locale,
  subject,
  preheader,
  blocks,
  compiled_html: html,
  compiled_text: text,
}: Omit<CompiledRow, 'shop_id' | 'key' | 'version'>) => ({
  subject,
  html,
  text,
  sms: smsText({ subject, preheader, blocks }, locale),
});

function wantedOf({ message, shop }: JudgedMessage, locale: string): Wanted {
  return {
    id: message.id,
    shop,
    customerId: message.customer_id,
    orderId: message.order_id,
    class: message.class,
    data: message.data,
    locale,
  };
}

export const dressingOf = (shop: Shop, kind: Dressing['class']): Dressing => ({
  class: kind,
  brand: shop.settings.brand,
  postalAddress: shop.settings.sender.postalAddress,
});

function trackingOf({ message, shop, facts }: JudgedMessage, { links, appUrl }: ContentsDeps): Tracking {
  const owner: LinkOwner = {
    shopId: message.shop_id,
    customerId: message.customer_id,
    messageId: message.id,
  };
  const allowed = { settings: shop.settings.tracking, country: facts.customer.country };
  return {
    click: mayTrackClicks(allowed) ? (url) => links.click(owner, url) : null,
    pixelUrl: mayTrackOpens(allowed) ? links.open(owner) : null,
    ownOrigin: appUrl,
  };
}
