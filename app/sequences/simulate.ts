/**
 * A customer's past lived through once more, with other plans: the real rules of enrolling, `decide` and `permission` on
 * a virtual clock. Customers do not touch each other, so that any number of them needs the memory of one.
 */
import { permission } from '../messages/permission.ts';
import { makeAgenda } from './agenda.ts';
import { candidatesOf, keptOutSince, scoreOf, type Candidate } from './candidates.ts';
import { decide } from './decide.ts';
import { endOf, ENDS_OF_ORDERS } from './exits.ts';
import { happeningsOf, turningPoints } from './happenings.ts';
import { isTwoWithinADay, planLetters, post, settle } from './letters.ts';
import type { Inside, Item, Life, Publishing, Telling } from './life.ts';
import { placeIn } from './move.ts';
import { needsAtStart, needsOf } from './needs.ts';
import { factsAt, orderOf, productsAt, type About } from './past-facts.ts';
import type { Past } from './past.ts';
import type { Happened } from './sequence.ts';
import { count, type Tally } from './tally.ts';

/** An enrollment that has been looked at so often goes round in a ring. */
const MOST_LOOKS = 1000;

/** Lives one customer's past and counts what comes of it. */
export function liveThrough(tally: Tally, past: Past, telling: Telling = {}): void {
  const life = begin(tally, past, telling);
  tally.customers++;
  for (let next = life.agenda.next(); next && next.at <= life.world.until; next = life.agenda.next())
    live(life, next.item, next.at);
  if (isTwoWithinADay(life.sent)) tally.twoWithinADay++;
}

function begin(tally: Tally, past: Past, { publishings = [], ...told }: Telling): Life {
  const { world } = tally;
  const agenda = makeAgenda<Item>();
  for (const at of turningPoints(world, past)) agenda.enter(at, { kind: 'turning-point' });
  for (const happened of happeningsOf(world, past)) agenda.enter(happened.at, { kind: 'happened', happened });
  for (const publishing of publishings) agenda.enter(publishing.at, { kind: 'published', publishing });
  return {
    judge: permission,
    place: placeIn,
    isKnown: (letters, of, step) => letters.some((letter) => letter.of === of && letter.step === step),
    onSent: () => {},
    ...told,
    world,
    past,
    tally,
    sequences: world.sequences,
    agenda,
    inside: [],
    letters: [],
    handed: past.sent.filter((sent) => sent.class !== 'service'),
    waiting: [],
    sent: past.sent.map(({ at }) => ({ at, isOurs: false })),
    codeAt: past.codeAt,
    subjects: new Set(),
  };
}

function live(life: Life, item: Item, at: Date): void {
  switch (item.kind) {
    case 'turning-point':
      return endWhatIsOver(life, at);
    case 'happened':
      if (ENDS_OF_ORDERS.includes(item.happened.trigger)) endWhatIsOver(life, at);
      for (const inside of life.inside) if (inside.listens) lookAgain(life, inside, at);
      return enroll(life, item.happened, at);
    case 'published':
      return publish(life, item.publishing, at);
    case 'look':
      if (item.inside.state === 'open' && item.inside.look === item.number) look(life, item.inside, at);
      return;
    case 'letter':
      if (!item.letter.isSettled) post(life, item.letter, at);
  }
}

/** As move.server.ts does it: the same person at their place in the newer plan, looked at again at once. */
function publish(life: Life, { sequences, inside: choice }: Publishing, at: Date): void {
  life.sequences = sequences;
  if (choice === 'stay') return;
  for (const inside of life.inside) {
    const { sequence, standing, state } = inside;
    const newer = sequences.find(({ sequenceId }) => sequenceId === sequence.sequenceId);
    if (state !== 'open' || !newer || newer.version === sequence.version) continue;
    const stepKey = life.place(newer.plan, sequence.plan, standing.stepKey);
    if (stepKey === null) {
      end(life, inside, 'steps-removed');
      continue;
    }
    inside.sequence = newer;
    inside.standing = { ...standing, stepKey };
    lookAgain(life, inside, at);
  }
}

/** What ends by itself ends when it happens, and takes its messages with it; drawn exits are looked at before each step. */
function endWhatIsOver(life: Life, at: Date): void {
  for (const inside of life.inside) {
    if (inside.state !== 'open') continue;
    const { plan } = inside.sequence;
    const reason = endOf(plan, inside.standing.stepKey || plan.start, factsOf(life, inside, at));
    if (reason) endEarly(life, inside, reason);
  }
}

function endEarly(life: Life, inside: Inside, reason: string): void {
  end(life, inside, reason);
  for (const letter of life.letters) {
    if (letter.of !== inside || letter.isSettled) continue;
    settle(life, letter);
    count(life.tally.skipped, reason);
  }
}

function end(life: Life, inside: Inside, reason: string): void {
  inside.state = 'ended';
  inside.listens = false;
  count(life.tally.ended, reason);
}

const factsOf = ({ world, past, codeAt }: Life, inside: Inside, at: Date) =>
  factsAt(world, past, inside, needsOf(inside.sequence.plan), at, codeAt);

function enroll(life: Life, happened: Happened, at: Date): void {
  const { world, past } = life;
  const about = aboutOf(happened, happened.productId ?? null);
  const order = orderOf(past, about.orderId, at);
  for (const sequence of life.sequences) {
    const known = {
      facts: {
        ...factsAt(world, past, about, needsAtStart(sequence.plan), at, null),
        triggerScore: scoreOf(happened),
      },
      productIds: order ? productsAt(order, about.shipmentId, at) : [],
    };
    for (const candidate of candidatesOf(sequence, happened, known, at)) takeIn(life, candidate, at);
  }
}

const aboutOf = ({ orderId, shipmentId, at }: Happened, productId: bigint | null): About => ({
  orderId: orderId ?? null,
  shipmentId: shipmentId ?? null,
  productId,
  anchorAt: at,
});

function takeIn(life: Life, { sequence, happened, productId, subject }: Candidate, at: Date): void {
  const name = `${sequence.sequenceId}:${subject}`;
  const { reentry } = sequence.plan;
  if (life.subjects.has(name) || isKeptOut(life, sequence.sequenceId, keptOutSince(reentry, happened, at)))
    return;
  life.subjects.add(name);
  if (reentry.kind === 'replace') {
    for (const older of life.inside) {
      if (older.state === 'open' && older.sequence.sequenceId === sequence.sequenceId)
        endEarly(life, older, 'ordered-again');
    }
  }
  const inside: Inside = {
    ...aboutOf(happened, productId),
    sequence,
    standing: {
      stepKey: '',
      reachedAt: at,
      anchorAt: at,
      sequenceId: sequence.sequenceId,
      customerId: happened.customerId,
    },
    startedAt: at,
    state: 'open',
    look: 0,
    listens: false,
    nominal: null,
  };
  life.inside.push(inside);
  life.tally.enrolled++;
  lookAgain(life, inside, at);
}

function isKeptOut({ past, inside }: Life, sequenceId: string, since: Date | null): boolean {
  if (since === null) return false;
  return (
    past.before.some((each) => each.sequenceId === sequenceId && each.startedAt > since) ||
    inside.some((each) => each.sequence.sequenceId === sequenceId && each.startedAt > since)
  );
}

function lookAgain({ agenda }: Life, inside: Inside, at: Date): void {
  inside.look++;
  agenda.enter(at, { kind: 'look', inside, number: inside.look });
}

function look(life: Life, inside: Inside, at: Date): void {
  const { plan } = inside.sequence;
  const verdict = decide(plan, inside.standing, factsOf(life, inside, at), at);
  planLetters(life, inside, verdict, at);
  if (verdict.wants.length > 0 && life.world.codes) life.codeAt ??= at;
  for (const deed of verdict.deeds) {
    if (deed.kind === 'start') begun(life, inside, deed.sequence, deed.key, at);
  }
  const { then } = verdict;
  if (then.kind === 'end') return end(life, inside, then.reason ?? then.state);
  if (inside.look >= MOST_LOOKS) return end(life, inside, 'error');
  inside.standing = { ...inside.standing, stepKey: then.stepKey, reachedAt: then.reachedAt };
  inside.listens = then.listens;
  lookAgain(life, inside, then.until);
}

/** A step leads the customer into another sequence as well. */
function begun(life: Life, inside: Inside, sequence: string, step: string, at: Date): void {
  const { orderId, shipmentId, productId } = inside;
  const cause = `${inside.sequence.key}:${life.inside.indexOf(inside)}:${step}`;
  const happened: Happened = {
    shopId: life.world.shop.id,
    trigger: 'sequence.started',
    customerId: life.past.customer.id,
    orderId,
    shipmentId,
    productId,
    at,
    data: { sequence, by: 'step', cause },
  };
  life.agenda.enter(at, { kind: 'happened', happened });
}
