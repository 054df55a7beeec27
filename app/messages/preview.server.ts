/** The mail beside the editor: as one customer would get it, or an invented one, with the checks of publishing. */
import type { Db, ShopTx } from '../db.server.ts';
import { newId } from '../ids.ts';
import { shopById } from '../shops/shops.server.ts';
import type { Shop } from '../shops/shop.ts';
import { mailboxOf } from './address.ts';
import type { TemplateText } from './blocks.ts';
import { checkCompiled, checkText, type Check } from './checks.ts';
import { dressingOf } from './contents.server.ts';
import type { MergeFields } from './fields.ts';
import type { MergeSource } from './merge-source.server.ts';
import type { Reason } from './message.ts';
import { mailOf, type MailSettings } from './outgoing.ts';
import { smsText } from './plain-text.ts';
import type { MailProvider } from './provider.ts';
import { parseText, renderMail, type Dressing, type Rendered } from './render.ts';
import { sampleFields } from './sample.ts';
import { compiledOnce, templatesOf } from './templates.server.ts';

export interface PreviewInput {
  key: string;
  locale: string;
  /** Whose data is shown; an invented customer without it. */
  customerId?: string;
  /** What is being edited; the saved text without it. */
  text?: TemplateText;
  class?: Dressing['class'];
}

export interface Preview extends Rendered {
  checks: Check[];
}

/** See the door. */
export async function preview(
  tx: ShopTx,
  source: MergeSource,
  input: PreviewInput,
  now: Date,
): Promise<Preview> {
  const shop = await shopById(tx, tx.shopId);
  const text = input.text ?? (await savedText(tx, input));
  if (!shop || !text) return { subject: '', html: '', text: '', checks: [NO_TEXT] };
  const checks = checkText(text);
  const translations = await missingTranslations(tx, shop, input.key);
  if (checks.some((check) => check.code === 'liquid' || check.code === 'unknown-field')) {
    return { subject: text.subject, html: '', text: '', checks: [...checks, ...translations] };
  }
  const compiled = await compiledOnce(text, input.locale);
  checks.push(...checkCompiled(compiled.html), ...translations);
  const parsed = parseText({ ...compiled, subject: text.subject, sms: smsText(text, input.locale) });
  const fields = await fieldsFor(tx, source, { shop, input, now });
  const untracked = { click: null, pixelUrl: null, ownOrigin: '' };
  const words = renderMail(parsed, fields, dressingOf(shop, input.class ?? 'ask'), untracked);
  if ('missing' in words) {
    checks.push(checkOf(words.missing));
    return { subject: text.subject, html: '', text: '', checks };
  }
  return { ...words, checks };
}

const NO_TEXT: Check = { level: 'error', code: 'empty', block: null, detail: 'text' };

const checkOf = (reason: Reason): Check =>
  reason.code === 'broken-link'
    ? { level: 'error', code: 'missing-link', block: null, detail: String(reason['link']) }
    : { level: 'error', code: 'no-fallback', block: null, detail: String(reason['field']) };

async function savedText(tx: ShopTx, { key, locale }: PreviewInput): Promise<TemplateText | null> {
  const texts = await templatesOf(tx, key);
  return texts.find((one) => one.locale === locale)?.text ?? null;
}

async function missingTranslations(tx: ShopTx, shop: Shop, key: string): Promise<Check[]> {
  const written = new Set((await templatesOf(tx, key)).map((one) => one.locale.split('-', 1)[0]));
  return shop.settings.languages
    .filter((language) => !written.has(language.split('-', 1)[0]))
    .map((detail) => ({ level: 'warning', code: 'missing-translation', block: null, detail }));
}

interface Whose {
  shop: Shop;
  input: PreviewInput;
  now: Date;
}

const NEWEST = `
  select o.id, (select s.id from shipment s where s.shop_id = o.shop_id and s.order_id = o.id
    order by s.shipped_at desc limit 1) as shipment_id
  from orders o where o.shop_id = $1 and o.customer_id = $2 order by o.placed_at desc limit 1`;

/** What is known of the customer; what is not (a code not yet issued, no order yet) is invented. */
async function fieldsFor(tx: ShopTx, source: MergeSource, { shop, input, now }: Whose): Promise<MergeFields> {
  const sample = ofShop(sampleFields(input.locale), shop);
  if (!input.customerId) return sample;
  const [order] = await tx.sql<{ id: bigint; shipment_id: bigint | null }>(NEWEST, [
    tx.shopId,
    input.customerId,
  ]);
  const wanted = {
    id: 'preview',
    shop,
    customerId: input.customerId,
    orderId: order?.id ?? null,
    class: input.class === 'answer' ? 'service' : (input.class ?? 'ask'),
    data: order?.shipment_id ? { shipmentId: String(order.shipment_id) } : {},
    locale: input.locale,
  };
  const fields = (await source(tx, [wanted], now)).get('preview');
  if (!fields) return sample;
  const { products } = fields;
  return {
    customer: fields.customer,
    shop: fields.shop,
    order: fields.order ?? sample.order,
    shipment: fields.shipment ?? sample.shipment,
    products: products.length > 0 ? products : sample.products,
    product: fields.product ?? products[0] ?? sample.product,
    referral: fields.referral ?? sample.referral,
    reward: fields.reward ?? sample.reward,
    points: fields.points ?? sample.points,
    news: fields.news ?? sample.news,
    story: fields.story ?? sample.story,
    event: fields.event ?? sample.event,
    question: sample.question,
    answers: fields.answers.length > 0 ? fields.answers : sample.answers,
    survey: fields.survey.question === null ? sample.survey : fields.survey,
    links: sample.links,
  };
}

function ofShop(fields: MergeFields, shop: Shop): MergeFields {
  const name = shop.settings.sender.name || shop.name || shop.domain;
  const signature = shop.settings.brand.signature || name;
  return {
    ...fields,
    shop: { name, url: shop.url ?? `https://${shop.domain}`, email: shop.email, signature },
  };
}

export interface TestDeps {
  db: Db;
  email: MailProvider;
  source: MergeSource;
  mail: MailSettings;
}

export type TestResult =
  { outcome: 'sent' } | { outcome: 'refused'; checks: Check[] } | { outcome: 'unavailable' };

/** See the door. Goes at once, past the outbox: it is for whoever pressed the button. */
export async function sendTest(
  deps: TestDeps,
  shopId: bigint,
  input: PreviewInput & { to: string },
  now: Date,
): Promise<TestResult> {
  const to = mailboxOf(input.to);
  const made = await deps.db.inShop(shopId, async (tx) => ({
    shop: await shopById(tx, shopId),
    mail: await preview(tx, deps.source, input, now),
  }));
  if (!to || !made.shop || !made.mail.html) return { outcome: 'refused', checks: made.mail.checks };
  const message = { shop_id: shopId, id: newId(now), customer_id: 'test', class: 'service' as const };
  const outgoing = mailOf({ message, shop: made.shop, address: to }, made.mail, deps.mail, now);
  const result = await deps.email.send(outgoing, async () => true);
  if (result.kind === 'accepted') return { outcome: 'sent' };
  return result.kind === 'refused'
    ? { outcome: 'refused', checks: made.mail.checks }
    : { outcome: 'unavailable' };
}
