/** What the block on the thank-you and order-status pages shows, and what it is told. */
import type { ShopTx, SqlTx } from '../db.server.ts';
import type { Order } from '../orders/order.ts';
import type { Shop } from '../shops/shop.ts';
import { besideIt, isTheirPage } from './beside.server.ts';
import { amendAnswer } from './amend.server.ts';
import { answerInBlock, answerOn, saveAnswer, type NewAnswer, type StoredAnswer } from './answers.server.ts';
import { noteAsking, surveysAt, surveyToAsk, variantFor, type Looking } from './asking.server.ts';
import type { AnswerInput, BlockLoyalty, BlockPage, BlockReferral, BlockView, ParcelInput } from './block.ts';
import { takeParcelWord } from './parcel.server.ts';
import { careGuidesOf, stageOf } from './personal.server.ts';
import { readSaid, type Said } from './said.ts';
import { findSubject, locksOf, type Subject } from './subject.server.ts';
import { toneOf, type Place, type Survey, type Tone } from './survey.ts';
import { questionsFor, saidFor, thanksFor, type Reader } from './survey-view.ts';
import { surveyAt } from './surveys.server.ts';
import { isFresh, promiseCode } from './verify.server.ts';

/** Who asks for the block, after the session token was checked. */
export interface BlockAsk {
  shop: Shop;
  page: BlockPage;
  /** The buyer's word: `gid://shopify/Order/N` or `…/OrderIdentity/N`. */
  order: string | null;
  checkoutToken: string | null;
  /** Shopify's customer id from the token's `sub`; null for guests. */
  signedIn: bigint | null;
  locale: string;
  country: string | null;
  /** What the thank-you page knows of an order that is not known here yet: the buyer's word. */
  isFirst?: boolean | undefined;
  products?: readonly string[] | undefined;
}

/** pending: a code will come by mail. none: there is no programme, or nothing for this customer. */
export type ReferralShown =
  { state: 'ready'; referral: BlockReferral } | { state: 'pending' } | { state: 'none' };

/** What the block shows that is not known below; wiring hands it in. */
export interface BlockNeeds {
  /**
   * The customer's code with its offer; with `issue` one is given from the pool if they have none yet.
   * @param ask `customerId` is null while nobody knows whose order it is
   */
  referral(
    tx: SqlTx,
    ask: { shop: Shop; customerId: string | null; locale: string; issue: boolean },
    now: Date,
  ): Promise<ReferralShown>;
  /** The customer has copied or shared their code. */
  shared(tx: SqlTx, shopId: bigint, customerId: string, now: Date): Promise<void>;
  preferencesUrl(owner: { shopId: bigint; customerId: string }): string | null;
  /** What comes with how close somebody is, and their points; null: nothing. Left out where there is none of it. */
  loyalty?(
    tx: SqlTx,
    ask: { shop: Shop; customerId: string; locale: string },
    now: Date,
  ): Promise<BlockLoyalty | null>;
  /** Turns points into what they are worth; the same operation once, however often it is told. */
  redeem?(
    tx: SqlTx,
    shop: Shop,
    of: { customerId: string; operationId: string },
    now: Date,
  ): Promise<unknown>;
  /** The page that takes photos and stories; left out where there is none. */
  storyUrl?(about: { shopId: bigint; customerId: string; orderId: bigint; productId: null }): string;
}

export type AnswerResult =
  | { outcome: 'saved'; view: BlockView }
  /** Can never be accepted: what is wrong, and where. */
  | { outcome: 'refused'; problem: string };

const NOTHING: BlockView = { state: 'nothing' };

/** What the block shows. */
export async function blockView(tx: SqlTx, ask: BlockAsk, needs: BlockNeeds, now: Date): Promise<BlockView> {
  const subject = await findSubject(tx, claimOf(ask));
  const view = await questionOrThanks(tx, ask, subject, needs, now);
  return { ...view, ...(await besideIt(tx, ask, subject, needs, now)) };
}

/** Takes that the buyer turns points into what they are worth, and says what the block shows next. */
export async function tellRedeem(
  tx: ShopTx,
  ask: BlockAsk,
  operationId: string,
  needs: BlockNeeds,
  now: Date,
): Promise<AnswerResult> {
  const subject = await findSubject(tx, claimOf(ask));
  if (!isTheirPage(ask, subject) || subject.customerId === null) {
    return refused('order: it is not known to be theirs, or this is not its own page');
  }
  await needs.redeem?.(tx, ask.shop, { customerId: subject.customerId, operationId }, now);
  return { outcome: 'saved', view: await blockView(tx, ask, needs, now) };
}

/** Takes "it has not arrived yet" or "it is here now", and says what the block shows next. */
export async function tellParcel(
  tx: ShopTx,
  ask: BlockAsk,
  word: ParcelInput['parcel'],
  needs: BlockNeeds,
  now: Date,
): Promise<AnswerResult> {
  const isTheirs = await takeParcelWord(tx, ask.page, claimOf(ask), word, now);
  if (!isTheirs) return refused('order: it is not known to be theirs, or this is not its own page');
  return { outcome: 'saved', view: await blockView(tx, ask, needs, now) };
}

/** Takes that the code was copied or shared; only its own customer can say so, and nothing is told in return. */
export async function tellShared(tx: SqlTx, ask: BlockAsk, needs: BlockNeeds, now: Date): Promise<void> {
  const subject = await findSubject(tx, claimOf(ask));
  if (!isConfirmed(subject) || subject.customerId === null) return;
  await needs.shared(tx, ask.shop.id, subject.customerId, now);
}

async function questionOrThanks(
  tx: SqlTx,
  ask: BlockAsk,
  subject: Subject,
  needs: BlockNeeds,
  now: Date,
): Promise<BlockView> {
  const given = await answerInBlock(tx, ask.shop.id, namesOf(subject));
  if (given) return thanksView(tx, ask, subject, given, needs, false, now);
  const candidates = await surveysAt(tx, ask.shop.id, ask.page);
  const { name } = subject;
  const survey = await surveyToAsk(tx, candidates, lookingOf(ask, subject), now);
  if (!survey) return NOTHING;
  const customerId = isConfirmed(subject) ? subject.customerId : null;
  const of = { shopId: ask.shop.id, subject: { ...subject, name: name ?? '' }, customerId };
  const variant =
    name === null ? null : await variantFor(tx, survey, { shopId: ask.shop.id, subject: name, customerId });
  if (name !== null) await noteAsking(tx, survey, of, { place: ask.page, variant }, now);
  const questions = questionsFor(survey.content, readerOf(ask), variant);
  return {
    state: 'ask',
    survey: { id: survey.id, version: survey.version, ...(variant && { variant }) },
    questions,
    ...(questions[0] && { question: questions[0], followUps: [] }),
  };
}

/** What a transaction has locked in which an answer is saved: for `Db.inShopBySql`. */
export const answerLocks = (ask: BlockAsk): string[] => locksOf(claimOf(ask));

/**
 * Saves an answer, once by operation and once by order, and says what the block shows next. The transaction holds
 * `answerLocks`, so that two pages do not pass each other.
 */
export async function answer(
  tx: SqlTx,
  ask: BlockAsk,
  input: Pick<AnswerInput, 'survey' | 'operationId' | 'answers' | 'more' | 'amends' | 'part'>,
  needs: BlockNeeds,
  now: Date,
): Promise<AnswerResult> {
  const survey = await surveyAt(tx, ask.shop.id, input.survey.id, input.survey.version);
  if (!survey || !survey.content.places.some((place) => BLOCK_PLACES.includes(place)))
    return refused('survey: there is no such survey in this version');
  const said = readSaid(survey.content, input.answers, input.more ? { asked: 1 } : {});
  if ('problem' in said) return refused(said.problem);
  const subject = await findSubject(tx, claimOf(ask));
  if (subject.name === null) return refused('order, checkoutToken: one of them has to say what it is about');
  const saved: NewAnswer = {
    shopId: ask.shop.id,
    survey,
    subject: { ...subject, name: subject.name },
    operationId: input.operationId,
    source: ask.page,
    locale: ask.locale,
    country: ask.country,
    said,
    label: staffLabel(survey.content, said, ask.shop),
    verified: isConfirmed(subject),
    variant: input.survey.variant,
    part: input.part,
  };
  const subjects = namesOf(subject);
  const fresh = await saveAnswer(tx, saved, now, subjects);
  if (!fresh && input.amends) await amendAnswer(tx, saved, subjects, now);
  const given = fresh?.isOnly ? fresh : await answerOn(tx, ask.shop.id, survey.id, subjects);
  // An operation that was used for another order before: nothing is told of that one.
  if (!given) return refused('operationId: it was used for another answer');
  if (isMailable(subject, now)) await promiseCode(tx, given, subject.order, now);
  const view = await thanksView(tx, ask, subject, given, needs, true, now);
  return { outcome: 'saved', view: { ...view, ...(await besideIt(tx, ask, subject, needs, now)) } };
}

/** A survey that was moved elsewhere since is still answered by whoever saw it here. */
const BLOCK_PLACES: readonly Place[] = ['thank-you', 'order-status'];

const refused = (problem: string): AnswerResult => ({ outcome: 'refused', problem });

/** @param mayIssue whether a code may be given now: by an answer, never by a look */
async function thanksView(
  tx: SqlTx,
  ask: BlockAsk,
  subject: Subject,
  given: StoredAnswer,
  needs: BlockNeeds,
  mayIssue: boolean,
  now: Date,
): Promise<BlockView> {
  const survey = await surveyAt(tx, ask.shop.id, given.surveyId, given.surveyVersion);
  if (!survey) return NOTHING;
  const tone = toneOf(given.score);
  const reader = readerOf(ask);
  const isProven = subject.proof !== 'word';
  const customerId = isConfirmed(subject) ? subject.customerId : null;
  const shown = await referralFor(tx, ask, { tone, customerId, subject, mayIssue }, needs, now);
  const theirs = isProven && customerId !== null ? { shopId: ask.shop.id, customerId } : null;
  return {
    state: 'thanks',
    tone,
    message: thanksFor(survey.content, tone, reader),
    said: isProven ? saidFor(survey.content, given, reader) : null,
    referral: shown.state === 'ready' ? shown.referral : null,
    referralPending: shown.state === 'pending',
    stage: theirs && tone !== 'sorry' ? await stageOf(tx, theirs, reader) : null,
    preferencesUrl: theirs ? needs.preferencesUrl(theirs) : null,
    careGuides:
      ask.page === 'order-status' && subject.order ? await careGuidesOf(tx, subject.order, reader) : [],
  };
}

/** Happy ones are offered a code; others keep seeing the one they have; nobody who is sorry is asked a favour. */
async function referralFor(
  tx: SqlTx,
  ask: BlockAsk,
  of: { tone: Tone; customerId: string | null; subject: Subject; mayIssue: boolean },
  needs: BlockNeeds,
  now: Date,
): Promise<ReferralShown> {
  if (of.tone === 'sorry' || of.subject.order?.cancelledAt) return { state: 'none' };
  // A promise is made only where a mail can go.
  const canBeMailed = of.subject.order === null || of.customerId !== null || isMailable(of.subject, now);
  if (!canBeMailed) return { state: 'none' };
  const { shop, locale } = ask;
  const issue = of.mayIssue && of.tone === 'glad';
  const shown = await needs.referral(tx, { shop, customerId: of.customerId, locale, issue }, now);
  return shown.state === 'pending' && of.tone !== 'glad' ? { state: 'none' } : shown;
}

/** The order is known, no test, and proven to be this buyer's: its number alone can be guessed. */
const isConfirmed = ({ order, proof }: Subject): boolean => order !== null && !order.test && proof !== 'word';

/** Nothing is proven, but the order is so new that its customer, who gets the mail, is hardly somebody else. */
function isMailable(subject: Subject, now: Date): subject is Subject & { order: Order } {
  const { order, proof } = subject;
  return (
    proof === 'word' && order !== null && !order.test && order.customerId !== null && isFresh(order, now)
  );
}

function claimOf({ shop, order, checkoutToken, signedIn }: BlockAsk) {
  return { shopId: shop.id, order, checkoutToken, signedIn };
}

const readerOf = ({ locale, shop }: BlockAsk): Reader => ({ locale, shopLocale: shop.locale });

/** What may have been said before the order was known stands under the order's number. */
function namesOf(subject: Subject): string[] {
  const names = subject.name === null ? [] : [subject.name];
  return subject.order ? [...names, `order:${subject.order.id}`] : names;
}

/** The first answer in words, as staff reads it. */
function staffLabel(survey: Survey, said: Said, { locale }: Shop): string {
  return saidFor(survey, said, { locale, shopLocale: locale })?.label ?? '';
}

function lookingOf(ask: BlockAsk, subject: Subject): Looking {
  const { shop, locale, country, isFirst, products } = ask;
  return {
    shopId: shop.id,
    subject,
    isConfirmed: isConfirmed(subject),
    locale,
    country,
    isFirst: isFirst ?? null,
    products: products ?? null,
  };
}
