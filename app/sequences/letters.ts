/** The messages of a simulation: each asks the real `permission`, with all that the customer has got so far. */
import { isWithin } from '../messages/quiet-hours.ts';
import { byRank, PRIORITIES } from '../messages/rank.ts';
import type { Permission } from '../messages/permission.ts';
import type { MessageToPlan, StepDecision, Verdict } from './decide.ts';
import type { Inside, Letter, Life } from './life.ts';
import { permissionFactsAt, zoneFor } from './past-facts.ts';
import { count, countSent } from './tally.ts';

const DAY_MS = 86_400_000;

/** Enters what a look came to: messages that want to go, steps left out, the night that moved a wait. */
export function planLetters(life: Life, inside: Inside, { decisions, messages }: Verdict, at: Date): void {
  for (const { outcome, reason } of decisions) {
    if (outcome !== 'skipped') continue;
    life.tally.planned++;
    count(life.tally.skipped, reason.code);
  }
  const nominal = inside.nominal ?? at;
  for (const message of messages) {
    if (life.isKnown(life.letters, inside, message.step.key)) continue;
    life.tally.planned++;
    const letter = letterOf(life, inside, message, { nominal, plannedAt: at });
    if (isNight(life, letter, nominal)) life.tally.dueAtNight++;
    life.letters.push(letter);
    if (letter.class !== 'service') life.waiting.push(letter);
    life.agenda.enter(at, { kind: 'letter', letter });
  }
  const wait = decisions.find(({ until }) => until !== null);
  if (wait || messages.length > 0) inside.nominal = wait ? nominalOf(wait) : null;
}

/** When a wait would have been over, had it not been night. */
const nominalOf = ({ reason }: StepDecision): Date | null =>
  reason.code === 'night' ? new Date(String(reason['from'])) : null;

const letterOf = (
  { letters }: Life,
  inside: Inside,
  { step, uselessAfter, orderIsOver }: MessageToPlan,
  { nominal, plannedAt }: { nominal: Date; plannedAt: Date },
): Letter => ({
  of: inside,
  step: step.key,
  class: step.class,
  channel: step.channel,
  orderId: inside.orderId,
  orderIsOver,
  uselessAfter,
  nominal,
  rank: { priority: PRIORITIES[step.priority], plannedAt, id: String(letters.length).padStart(9, '0') },
  isSettled: false,
  because: null,
});

function isNight({ world, past }: Life, { orderId }: Letter, at: Date): boolean {
  const { quietFrom, quietTo } = world.shop.rhythm;
  return isWithin({ from: quietFrom, to: quietTo }, at, zoneFor(world, past, orderId));
}

/** May it go now? What waits for the same customer and outranks it is asked about first, as hand-over does. */
export function post(life: Life, letter: Letter, at: Date): void {
  if (letter.class !== 'service' && life.waiting.length > 1) {
    const before = life.waiting.filter((other) => other !== letter && byRank(other.rank, letter.rank) < 0);
    for (const other of before.sort((a, b) => byRank(a.rank, b.rank))) tryToSend(life, other, at);
  }
  const answer = tryToSend(life, letter, at);
  if (answer.answer !== 'later') return;
  letter.because ??= answer.reason.code;
  life.agenda.enter(answer.until, { kind: 'letter', letter });
}

/** Settles it unless it has to wait. */
function tryToSend(life: Life, letter: Letter, at: Date): Permission {
  const { world, past, tally, handed, judge } = life;
  const answer = judge(permissionFactsAt(world, past, letter, handed, at), at);
  if (answer.answer === 'later') return answer;
  settle(life, letter);
  if (answer.answer === 'yes') send(life, letter, at);
  else count(tally.skipped, answer.reason.code);
  return answer;
}

/** Sent, left out or cancelled: it waits no longer. */
export function settle(life: Life, letter: Letter): void {
  letter.isSettled = true;
  const place = life.waiting.indexOf(letter);
  if (place >= 0) life.waiting.splice(place, 1);
}

function send(life: Life, letter: Letter, at: Date): void {
  const { tally, sent, handed } = life;
  life.onSent(letter, at);
  countSent(tally, letter.of.sequence.key, letter.step, at);
  sent.push({ at, isOurs: true });
  if (isNight(life, letter, at)) tally.sentAtNight++;
  if (letter.class === 'service') return;
  handed.push({ at, channel: letter.channel });
  tally.asks++;
  const minutes = Math.round((at.getTime() - letter.nominal.getTime()) / 60_000);
  if (minutes <= 0) return;
  count(tally.movedBy, minutes);
  count(tally.movedBecause, letter.because ?? 'night');
}

/** Whether two came within 24 hours, one of them at least from here. */
export function isTwoWithinADay(sent: Life['sent']): boolean {
  const inTime = sent.toSorted((a, b) => a.at.getTime() - b.at.getTime());
  return inTime.some((each, index) => {
    const before = inTime[index - 1];
    if (!before || !(each.isOurs || before.isOurs)) return false;
    return each.at.getTime() - before.at.getTime() < DAY_MS;
  });
}
