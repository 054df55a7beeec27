/**
 * What no sequence may do, whatever a merchant draws: rules of law and of platforms. Found by walking the plan twice,
 * once as a happy customer and once as an unhappy one, and by reading the texts. Each problem says how to mend it.
 */
import { wordsOf, type Template } from '../messages/blocks.ts';
import { compare, type Condition } from './conditions.ts';
import type { FactName } from './facts.ts';
import type { Plan, Problem } from './plan.ts';
import { nextOf, type MessageStep, type Step } from './steps.ts';

/**
 * Everything that a plan and its texts break.
 * @param texts of all templates that the plan sends, in all languages
 * @returns each beside the step it belongs to, `code: 'policy'`
 */
export function policyProblems(plan: Plan, texts: readonly Template[]): Problem[] {
  const messages = plan.steps.filter((step) => step.kind === 'message');
  const glad = reached(plan, GLAD);
  const sorry = new Set(SORRY.flatMap((mood) => [...reached(plan, mood)]));
  const onlyGlad = (step: Step) => glad.has(step.key) && !sorry.has(step.key);
  const ofMessages = messages.flatMap((step) => {
    const mails = texts.filter((text) => text.key === step.template);
    return [
      ...ofSentiment(plan, step, mails, onlyGlad(step)),
      ...ofClass(plan, step, mails),
      ...ofWords(step, mails),
    ];
  });
  const forStars = plan.trigger.on.includes('review.written') ? plan.steps.filter(onlyGlad) : [];
  const paid = forStars.filter((step) => step.kind === 'gift');
  const passedOn = forStars.filter((step) => step.kind === 'webhook');
  return [
    ...ofMessages,
    ...paid.map((step) => problem(step, PAID_STARS)),
    ...passedOn.map((step) => problem(step, HIDDEN_STARS)),
  ];
}

const HIDDEN_STARS =
  'Only good reviews would be passed on, so that low ratings stay hidden (FTC 16 CFR 465.7, Shopify’s review policy). Pass every review on: take the stars out of the condition.';

const PAID_STARS =
  'The reward depends on the stars of a review (FTC 16 CFR 465.4). Give it for every review, or for none.';

/** 16 CFR 465 (reviews and testimonials) and Shopify's rules for reviews: everybody is asked, nobody is paid for stars. */
function ofSentiment(
  plan: Plan,
  step: MessageStep,
  mails: readonly Template[],
  onlyGlad: boolean,
): Problem[] {
  const asksForReview = mails.some((mail) => REVIEW_FIELD.test(wordsOf(mail.text)));
  const problems: Problem[] = [];
  if (asksForReview && onlyGlad) {
    const detail =
      'Only happy customers would be asked for a review (FTC 16 CFR 465.7, Shopify’s review policy). Ask everybody: take the score or the stage out of the condition.';
    problems.push(problem(step, detail));
  }
  const isPaid = mails.some((mail) => REWARD_FIELD.test(wordsOf(mail.text)) || hasFixedCode(mail));
  if (isPaid && onlyGlad && plan.trigger.on.includes('review.written'))
    problems.push(problem(step, PAID_STARS));
  return problems;
}

/** Service messages are about an order and nothing else: that is their only lawful basis without consent. */
function ofClass(plan: Plan, step: MessageStep, mails: readonly Template[]): Problem[] {
  if (step.class !== 'service') return [];
  const problems: Problem[] = [];
  if (plan.trigger.each === 'customer') {
    const detail =
      'A service message without an order has no lawful basis in the EU, the UK, Canada and others (ePrivacy 13, PECR 22, CASL 6). Make it an ask or an offer, which wait for consent.';
    problems.push(problem(step, detail));
  }
  for (const mail of mails) {
    const found = PROMOTION.exec(wordsOf(mail.text))?.[0] ?? (hasFixedCode(mail) ? 'a code' : null);
    if (!found) continue;
    const detail = `The text in “${mail.locale}” advertises (“${found.trim()}”) within a service message (ePrivacy 13, CAN-SPAM 16 CFR 316.3). Make the step an offer, or take that out.`;
    problems.push(problem(step, detail));
  }
  return problems;
}

function ofWords(step: MessageStep, mails: readonly Template[]): Problem[] {
  const problems: Problem[] = [];
  for (const mail of mails) {
    const words = wordsOf(mail.text);
    const stars = REVIEW_FIELD.test(words) ? FIVE_STARS.exec(words)?.[0] : undefined;
    if (stars) {
      const detail = `The text in “${mail.locale}” asks for a good review (“${stars}”). Ask for an honest one (FTC 16 CFR 465, Shopify’s review policy).`;
      problems.push(problem(step, detail));
    }
    if (step.channel === 'sms' && step.class !== 'service' && !WAY_OUT.test(words)) {
      const detail = `The text in “${mail.locale}” does not say how to stop such texts (CTIA, TCPA). Write “STOP”, or the link {{ links.unsubscribe }}.`;
      problems.push(problem(step, detail));
    }
  }
  return problems;
}

const problem = (step: Step, detail: string): Problem => ({ step: step.key, code: 'policy', detail });

const REVIEW_FIELD = /review_url/;
const REWARD_FIELD = /\breward\./;
const WAY_OUT = /\bSTOP\b|links\.unsubscribe/;
const FIVE_STARS =
  /(\b(5|five)[\s-]*stars?\b|\b(5|fünf)[\s-]*sterne?\b|\b(5|cinq)[\s-]*étoiles?|\b(5|cinco)[\s-]*estrellas?|\b(positive|good) review\b|positive bewertung|avis positif|reseña positiva)/iu;
const PROMOTION =
  /(\breferral\.(code|share_url|offer)|\d\s*%\s*(off|rabatt|de réduction|de remise|de descuento)|\b(discount|coupon|promo) codes?\b|\b(rabatt|gutschein)code?\b|\bcode promo\b|\bcupón\b|\bon sale\b)/iu;

/** A code that stands in the text itself: the same for everybody, so it is an offer. */
const hasFixedCode = (mail: Template) =>
  mail.text.blocks.some((block) => block.kind === 'code' && !block.code.includes('{{'));

interface Mood {
  score: number;
  stages: readonly string[];
}
const GLAD: Mood = { score: 5, stages: ['acquaintance', 'friend', 'family'] };
const SORRY: readonly Mood[] = [1, 2].map((score) => ({ score, stages: ['stranger', 'acquaintance'] }));

/** What a customer of that mood may come to; whatever else a condition asks may be either way. */
function reached(plan: Plan, mood: Mood): Set<string> {
  const steps = new Map(plan.steps.map((step) => [step.key, step]));
  const seen = new Set<string>();
  const { when } = plan.trigger;
  if (when && !may(when, mood).hold) return seen;
  if (plan.exits.some((exit) => !may(exit.when, mood).fail)) return seen;
  const open: (string | null)[] = [plan.start];
  while (open.length > 0) {
    const key = open.pop();
    const step = key ? steps.get(key) : undefined;
    if (!step || seen.has(step.key)) continue;
    seen.add(step.key);
    open.push(...ways(step, mood));
  }
  return seen;
}

function ways(step: Step, mood: Mood): (string | null)[] {
  // Who waits for something first may not have it yet: the way of the time that is over is open to everybody.
  if (step.kind === 'wait-for') return may(step.when, mood).hold ? nextOf(step) : [step.otherwise];
  // A way of weight 0 is nobody's.
  if (step.kind === 'split') return step.ways.filter((way) => way.weight > 0).map((way) => way.next);
  if (step.kind !== 'condition') return nextOf(step);
  const open: (string | null)[] = [];
  for (const { when, next } of step.branches) {
    const { hold, fail } = may(when, mood);
    if (hold) open.push(next);
    if (!fail) return open;
  }
  return [...open, step.otherwise];
}

/** Whether a condition may hold, and whether it may fail, for a customer of that mood. */
interface May {
  hold: boolean;
  fail: boolean;
}

function may(condition: Condition, mood: Mood): May {
  if ('not' in condition) {
    const inner = may(condition.not, mood);
    return { hold: inner.fail, fail: inner.hold };
  }
  if ('all' in condition || 'any' in condition) {
    const parts = ('all' in condition ? condition.all : condition.any).map((part) => may(part, mood));
    return 'all' in condition
      ? { hold: parts.every((part) => part.hold), fail: parts.some((part) => part.fail) }
      : { hold: parts.some((part) => part.hold), fail: parts.every((part) => part.fail) };
  }
  if (condition.fact === 'customer.said') return { hold: maySay(condition.value, mood), fail: true };
  const known = knownOf(condition.fact, mood);
  if (!known) return { hold: true, fail: true };
  const answers = known.map((value) => compare(condition, value) === true);
  return { hold: answers.includes(true), fail: answers.includes(false) };
}

/** Whether a customer of that mood may have said one of these (`SURVEY.QUESTION=VALUE`): figures are a mood on any scale, words are not. */
function maySay(value: unknown, { score }: Mood): boolean {
  const said = Array.isArray(value) ? value.map((one) => /=(\d+)$/.exec(String(one))?.[1]) : [undefined];
  return said.some((figure) => figure === undefined || (score > 3 ? Number(figure) > 3 : Number(figure) < 3));
}

const SCORES: readonly FactName[] = ['trigger.score', 'customer.last-score', 'order.score'];

/** What a mood says of a fact; null: nothing. */
function knownOf(fact: FactName, mood: Mood): readonly (string | number)[] | null {
  if (SCORES.includes(fact)) return [mood.score];
  return fact === 'customer.stage' ? mood.stages : null;
}
