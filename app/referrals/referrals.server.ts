/** The door of referrals: programme, codes, attribution, what friends' orders come to. See README.md. */
import type { ShopTx, SqlTx } from '../db.server.ts';
import { recordEvents } from '../events.server.ts';
import { installTemplates } from '../messages/messages.server.ts';
import type { Shop } from '../shops/shop.ts';
import { newId } from '../ids.ts';
import { sinceDays } from '../zones.ts';
import { standingOf } from './audience.ts';
import { readCode } from './codes.ts';
import { chooseFor } from './chosen.server.ts';
import { findCode, firstCode, issueCodes } from './issue.server.ts';
import type { AdvocateLinks } from './links.ts';
import { CODE_TEMPLATES } from './mails.ts';
import { NEWS_TEMPLATES } from './news-mails.ts';
import { offerFor, welcomeText, type Offer } from './offer.ts';
import { forgetPixel } from './pixel.server.ts';
import { stopAsking } from './order-links.server.ts';
import { installProgram, listPrograms, programsOf, todayOf } from './programs.server.ts';

export { attribute } from './attribute.server.ts';
export { codesCsv, listCodes, type CodeRow } from './code-list.server.ts';
export { advocateOf, type Advocate } from './advocate.server.ts';
export { tellCodes, withdrawFields, type CodeFields } from './code-fields.server.ts';
export { chooseFor, explainFor } from './chosen.server.ts';
export { earnTiers, loseTiers, rewardsOf } from './earned.server.ts';
export { issueCodes, reserveCodes, type CodeWish, type IssuedCode } from './issue.server.ts';
export { codeMails } from './mails.server.ts';
export { mergeCustomers } from './merge.server.ts';
export { newsMails, newsOver, type RewardWords } from './news.server.ts';
export { mint, type CodesAtShopify, type MintDeps } from './mint.server.ts';
export {
  createProgram,
  listPrograms,
  orderPrograms,
  programFigures,
  programOf,
  saveProgram,
  todayOf,
  type ProgramChange,
} from './programs.server.ts';
export {
  advocatesCsv,
  funnelOf,
  listReferrals,
  referralOf,
  referralOfOrder,
  poolOf,
  rankAdvocates,
  referralsCsv,
  type AdvocateRow,
  type ReferralRow,
} from './referral-list.server.ts';
export type { VoidReason } from './referral.ts';
export { askOpenPayments, type PaymentDeps } from './ask-payments.server.ts';
export { appeal, appealsSaid, refuse, release } from './decide.server.ts';
export { explainReferral, type Inviter, type SharedTrace } from './explain.server.ts';
export { stepsOf } from './steps.server.ts';
export { bringPixel, pixelStanding, wantPixel } from './pixel.server.ts';
export { funnelsCsv, programFunnels } from './program-funnel.server.ts';
export { makeJourneyLoop } from './journey.server.ts';
export { forgetLinks, tellLinks } from './order-links.server.ts';
export { reconsiderOrders } from './reconsider.server.ts';
export { makeReferralLoop, moveDue, settleDueReferrals } from './settle.server.ts';
export { adjustFor, endForErased, makeVoid as voidFor } from './undo.server.ts';

/** Gives a new shop its programme and its mail, and asks for the first codes. On `shop.installed`; safe to repeat. */
export async function installDefaults(tx: ShopTx, shop: Shop, now: Date): Promise<void> {
  await installProgram(tx, shop, now);
  await installTemplates(tx, [...CODE_TEMPLATES, ...NEWS_TEMPLATES], now);
  await recordEvents(tx, [{ shopId: shop.id, kind: 'codes.wanted', data: {}, at: now }], now);
}

/** The customer's code, null while they have none that may be used. */
export async function codeOf(tx: SqlTx, shopId: bigint, customerId: string): Promise<string | null> {
  const found = await firstCode(tx, shopId, customerId, null);
  return found?.usable ? found.code : null;
}

/** pending: a code is on its way, or the customer is not known yet. none: there is no programme, or no code for them. */
export type OfferShown = { state: 'ready'; referral: Offer } | { state: 'pending' } | { state: 'none' };

const FRIENDS = `
  select count(*)::int as friends from referral
  where shop_id = $1 and advocate_id = $2 and state in ('pending', 'qualified')`;

/** Once a day is enough to count by. */
const SHOWN = `
  update referral_code set shown_at = $3
  where shop_id = $1 and code = $2 and (shown_at is null or shown_at < $3::timestamptz - interval '1 day')`;

const SHARED = `
  update referral_code set shared_at = $3, shown_at = coalesce(shown_at, $3)
  where shop_id = $1 and customer_id = $2 and state = 'issued'`;

/** The customer pressed copy or share where the block shows their code. */
export async function codeShared(tx: SqlTx, shopId: bigint, customerId: string, now: Date): Promise<void> {
  await tx.sql(SHARED, [shopId, customerId, now]);
}

/** The customer's code with its offer, which is shown to them now; with `issue` one is given to those who have none. For `BlockNeeds.referral`. */
export async function offerOf(
  tx: SqlTx,
  ask: {
    shop: Shop;
    customerId: string | null;
    locale: string;
    issue: boolean;
    /** Where they see who came. */
    pageUrl?: AdvocateLinks['page'];
  },
  now: Date,
): Promise<OfferShown> {
  const { shop, customerId, locale, issue } = ask;
  const today = todayOf(shop, now);
  const programs = await listPrograms(tx, shop.id);
  if (!programs.some((program) => standingOf(program, today) === 'live')) return { state: 'none' };
  if (customerId === null) return { state: 'pending' };
  const wish = { shopId: shop.id, customerId, atOnce: true };
  const known = { shops: new Map([[shop.id, shop]]), programs: new Map([[shop.id, programs]]) };
  const found =
    (issue ? (await issueCodes(tx, [wish], now, known))[0] : undefined) ??
    (await findCode(tx, shop.id, customerId, now));
  const program = programs.find(({ id }) => id === found?.programId);
  if (!found || !program) {
    const isToCome = !issue && (await chooseFor(tx, [wish], now, known)).get(customerId)?.isAskedAtOnce;
    return { state: isToCome ? 'pending' : 'none' };
  }
  if (!found.usable) return { state: 'pending' };
  await tx.sql(SHOWN, [shop.id, found.code, now]);
  const [row] = await tx.sql<{ friends: number }>(FRIENDS, [shop.id, customerId]);
  const offer = offerFor(shop, program.terms, found.code, row!.friends, locale);
  const pageUrl = ask.pageUrl?.({ shopId: shop.id, customerId });
  return { state: 'ready', referral: { ...offer, ...(pageUrl && { pageUrl }) } };
}

/** The first of a customer's codes in the order of the programmes. */
const CODES_OF = `
  select distinct on (r.shop_id, r.customer_id) r.customer_id, r.code, r.program_id from referral_code r
  join unnest($1::bigint[], $2::uuid[]) as t(shop_id, customer_id) on r.shop_id = t.shop_id and r.customer_id = t.customer_id
  join program p on p.shop_id = r.shop_id and p.id = r.program_id
  where r.state = 'issued' and p.status = 'on' order by r.shop_id, r.customer_id, p.position, r.code`;

/** Codes as mails show them, by customer; those who have none are missing. */
export async function referralsOf(
  tx: SqlTx,
  wanted: readonly { shop: Shop; customerId: string; locale: string }[],
  pageUrl: AdvocateLinks['page'],
): Promise<Map<string, { code: string; share_url: string; page_url: string; offer: string }>> {
  if (wanted.length === 0) return new Map();
  const programs = await programsOf(
    tx,
    wanted.map(({ shop }) => shop.id),
  );
  const rows = await tx.sql<{ customer_id: string; code: string; program_id: string }>(CODES_OF, [
    wanted.map(({ shop }) => shop.id),
    wanted.map(({ customerId }) => customerId),
  ]);
  const codes = new Map(rows.map((row) => [row.customer_id, row]));
  return new Map(
    wanted.flatMap(({ shop, customerId, locale }) => {
      const row = codes.get(customerId);
      const program = programs.get(shop.id)?.find(({ id }) => id === row?.program_id);
      if (!row || !program) return [];
      const { shareUrl, offer } = offerFor(shop, program.terms, row.code, 0, locale);
      const page = pageUrl({ shopId: shop.id, customerId });
      return [[customerId, { code: row.code, share_url: shareUrl, page_url: page, offer }]];
    }),
  );
}

const ISSUED = `
  select r.code, r.program_id from referral_code r where r.shop_id = $1 and r.code = $2 and r.state = 'issued'`;

/** The friend's welcome at the checkout; null alike for codes that are unknown, another shop's, or no longer good. */
export async function welcomeFor(
  tx: SqlTx,
  shop: Shop,
  typed: string,
  locale: string,
  now: Date,
): Promise<{ code: string; name: string | null; message: string } | null> {
  const [row] = await tx.sql<{ code: string; program_id: string }>(ISSUED, [shop.id, readCode(typed) ?? '']);
  const program = (await listPrograms(tx, shop.id)).find(({ id }) => id === row?.program_id);
  if (!row || !program || standingOf(program, todayOf(shop, now)) !== 'live') return null;
  return { code: row.code, name: null, message: welcomeText(shop, program.terms, locale) };
}

const VISIT = `
  insert into referral_visit (shop_id, id, code, at)
  select $1, $2, code, $4 from referral_code where shop_id = $1 and code = $3 and state = 'issued'`;

/** A person has opened a friend's link: counted on its day, if the code is one. Nothing is kept of who it was. */
export async function noteVisit(
  tx: SqlTx,
  shop: Pick<Shop, 'id' | 'timeZone'>,
  typed: string,
  now: Date,
): Promise<void> {
  const day = sinceDays(1, shop.timeZone, now);
  await tx.sql(VISIT, [shop.id, newId(now), readCode(typed) ?? '', day]);
}

const STOP = `update referral set due_at = null where shop_id = $1 and due_at is not null`;

/** Nothing of an uninstalled shop waits for its moment any more. For `uninstallShop`. */
export async function stopWork(tx: SqlTx, shop: { id: bigint }): Promise<void> {
  await tx.sql(STOP, [shop.id]);
  await stopAsking(tx, shop.id);
  await forgetPixel(tx, shop.id);
}

const DISCOUNT_DELETED = `
  with gone as (
    update program set status = 'off', parent_discount_id = null, mint_creation_id = null, at_shopify = null, updated_at = $3
    where shop_id = $1 and parent_discount_id = $2 returning shop_id, id)
  update referral_code r set redeem_id = null, minted_at = null, state = case when r.state = 'reserved' then 'reserving' else 'minting' end
  from gone where r.shop_id = gone.shop_id and r.program_id = gone.id and r.state in ('free', 'issued', 'reserved')`;

/**
 * A merchant has deleted the discount that carries the codes: the programme is off. Switched on again, the same codes are
 * made anew. On `discounts/delete`.
 */
export async function discountDeleted(
  tx: SqlTx,
  shopId: bigint,
  discountId: string,
  now: Date,
): Promise<void> {
  await tx.sql(DISCOUNT_DELETED, [shopId, discountId, now]);
}
