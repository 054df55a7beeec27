/** One buyer in front of the block, from loading to thanks: one call to show, one to answer. */
import type { AnswerInput, BlockPage, BlockView, SharedInput } from '../../../app/feedback/block.ts';
import { callApp, type Outcome } from '../../shared/app.ts';
import { isEditor, localeOf, type Buyer } from '../../shared/buyer.ts';
import { newOperationId, readKept, send, type Kept, type Sent } from '../../shared/outbox.ts';
import { delayMs, pause } from '../../shared/patience.ts';
import { isEnough, type Answers, type AskView, type ThanksView } from './answers.ts';
import { sampleQuestion, sampleThanks } from './sample.ts';

export type Showing =
  | { kind: 'loading' }
  /** `draft`: what they chose before they left the page; `busy`: the answer is on its way. */
  | { kind: 'ask'; view: AskView; draft: Answers; busy: boolean }
  /** Answered, but what follows is not known: the app cannot be reached (`late`), or does not take the answer. */
  | { kind: 'answered'; late: boolean }
  /** `fresh`: they answered a moment ago and need not be told what they said. */
  | { kind: 'thanks'; view: ThanksView; fresh: boolean }
  | { kind: 'nothing' };

/** What the page knows of the order. */
export interface Subject {
  page: BlockPage;
  order: string | null;
  checkoutToken: string | null;
  /** What the page knows of an order that the app may not have heard of yet. */
  isFirst?: boolean;
  products?: string[];
}

interface Draft {
  survey: AskView['survey'];
  answers: Answers;
  /** The first answer was sent under this id; what is added to it was not. */
  begun?: { operationId: string; view: AskView; part?: number };
}

/** How often the app is asked what to show before the block stays empty. */
const TRIES = 5;
/** After so long without a touch the follow-up makes way for the thanks. */
const FOLLOW_UP_PATIENCE_MS = 30_000;
/** A code that is on its way is asked for after these pauses; later it comes by mail. */
const CODE_PAUSES_MS = [2_000, 4_000, 8_000, 16_000];

export class Visit {
  readonly #buyer: Buyer;
  readonly #subject: Subject;
  readonly #show: (showing: Showing) => void;
  readonly #hear: (view: BlockView) => void;
  /** Under which names this order's things are kept: the storage may be shared by many orders. */
  readonly #keys: { answer: string; draft: string; view: string };
  #asked: AskView | null = null;
  #draft: Draft | null = null;
  /** The one answer of this visit: its first part may be sent before the rest. */
  #operationId: string | null = null;
  #begun: AnswerInput['answers'] | null = null;
  /** Counts what is sent after the first, so that what comes late undoes nothing. */
  #part = 0;
  /** One after the other: what adds to an answer never overtakes it. */
  #line: Promise<Sent<BlockView> | null> = Promise.resolve(null);
  readonly #shared = new Set<SharedInput['shared']>();
  #isLate = false;
  #idle: ReturnType<typeof setTimeout> | undefined;
  #left = false;

  /** @param hear is told of each view, for what the block shows beside the question */
  constructor(
    buyer: Buyer,
    subject: Subject,
    show: (showing: Showing) => void,
    hear: (view: BlockView) => void,
  ) {
    const name = subject.order ?? subject.checkoutToken ?? 'unknown';
    this.#buyer = buyer;
    this.#subject = subject;
    this.#keys = { answer: `answer:${name}`, draft: `draft:${name}`, view: `view:${name}` };
    this.#show = (showing) => {
      if (!this.#left) show(showing);
    };
    this.#hear = (view) => {
      if (!this.#left) hear(view);
    };
  }

  /** Sends what an earlier visit could not, or asks the app what to show. */
  async arrive(): Promise<void> {
    const [kept, draft, last] = await Promise.all([
      readKept(this.#buyer, this.#keys.answer),
      this.#buyer.storage.read<Draft>(this.#keys.draft).catch(() => null),
      this.#buyer.storage.read<ThanksView>(this.#keys.view).catch(() => null),
    ]);
    this.#draft = draft;
    // A draft of before surveys had rules is of no use: what was sent of it is kept all the same.
    if (draft?.begun?.view.questions && Object.keys(draft.answers).length > 1)
      return this.#resume(draft, draft.begun, kept);
    if (kept) {
      this.#show({ kind: 'answered', late: true });
      return this.#deliver(kept);
    }
    if (last) this.#show({ kind: 'thanks', view: last, fresh: false });
    const view = await this.#fetchView();
    if (view) this.#follow(view, false);
    else if (isEditor(this.#buyer)) this.#follow(sampleQuestion(this.#buyer), false);
    else if (!last) this.#show({ kind: 'nothing' });
  }

  /**
   * Remembers what is chosen and not yet sent, for those who leave in between. Whoever has answered the question and
   * leaves the follow-up alone has answered all the same, and is thanked.
   */
  note(answers: Answers): void {
    const view = this.#asked;
    if (!view || isEditor(this.#buyer)) return;
    const operationId = this.#begun && this.#operationId;
    const draft: Draft = {
      survey: view.survey,
      answers,
      ...(operationId && { begun: { operationId, view, part: this.#part } }),
    };
    void this.#buyer.storage.write(this.#keys.draft, draft).catch(() => {});
    clearTimeout(this.#idle);
    if (!this.#begun || !isEnough(view, answers, this.#begun.length)) return;
    this.#idle = setTimeout(() => this.#conclude(view), FOLLOW_UP_PATIENCE_MS);
  }

  /** Sends what is answered so far: whoever leaves the page now has answered. */
  begin(answers: AnswerInput['answers']): void {
    const view = this.#asked;
    if (!view || isEditor(this.#buyer) || JSON.stringify(answers) === JSON.stringify(this.#begun)) return;
    this.#line = this.#after(this.#keep(view, answers, { more: true }));
    this.#begun = answers;
  }

  /** Copy or share was pressed beside the code. Only counted, so it is neither kept nor sent again. */
  shared(how: SharedInput['shared']): void {
    if (isEditor(this.#buyer) || this.#shared.has(how)) return;
    this.#shared.add(how);
    const country = this.#buyer.localization?.country?.value?.isoCode ?? null;
    const body: SharedInput = { ...this.#subject, locale: localeOf(this.#buyer), country, shared: how };
    void callApp(this.#buyer, '/api/block', body);
  }

  /** Takes the answers once; further calls do nothing. */
  answer(answers: AnswerInput['answers']): void {
    const view = this.#asked;
    if (!view) return;
    if (isEditor(this.#buyer)) return this.#follow(sampleThanks(this.#buyer), true);
    this.#line = this.#after(this.#keep(view, answers, {}));
    this.#conclude(view);
  }

  /** What the app is told; what was begun goes on under the same operation id. Written down before it is its turn. */
  #keep(view: AskView, answers: AnswerInput['answers'], kind: Pick<AnswerInput, 'more'>): Kept {
    const body: AnswerInput = {
      ...this.#subject,
      locale: localeOf(this.#buyer),
      country: this.#buyer.localization?.country?.value?.isoCode ?? null,
      survey: view.survey,
      operationId: (this.#operationId ??= newOperationId()),
      answers,
      ...kind,
      ...(this.#begun && { amends: true, part: ++this.#part }),
    };
    const kept = { path: '/api/block', body };
    void this.#buyer.storage.write(this.#keys.answer, kept).catch(() => {});
    return kept;
  }

  #after(kept: Kept): Promise<Sent<BlockView>> {
    return this.#line.then(async () => {
      const sent = await send<BlockView>(this.#buyer, this.#keys.answer, kept, () => this.#lag());
      this.#isLate = false;
      return sent;
    });
  }

  /** The app keeps us waiting; who is still answering need not know. */
  #lag(): void {
    this.#isLate = true;
    if (!this.#asked) this.#show({ kind: 'answered', late: true });
  }

  /** Nothing more is asked: what the app said last is shown as soon as it is there. */
  #conclude(view: AskView): void {
    this.#asked = null;
    clearTimeout(this.#idle);
    this.#show(
      this.#isLate ? { kind: 'answered', late: true } : { kind: 'ask', view, draft: {}, busy: true },
    );
    void this.#settle();
  }

  async #settle(): Promise<void> {
    const sent = await this.#line;
    if (sent?.kind === 'answered') this.#follow(sent.value, true);
    else this.#show({ kind: 'answered', late: false });
  }

  /** They came back to a follow-up that they had begun to fill in. */
  #resume(draft: Draft, { operationId, view, part }: NonNullable<Draft['begun']>, kept: Kept | null): void {
    this.#operationId = operationId;
    this.#part = part ?? 0;
    this.#begun = [];
    if (kept) this.#line = this.#after(kept);
    this.#asked = view;
    this.#open(view);
  }

  /** Nothing is shown any more. An answer that is under way goes on. */
  leave(): void {
    this.#left = true;
    clearTimeout(this.#idle);
  }

  async #deliver(kept: Kept): Promise<void> {
    this.#line = this.#after(kept);
    await this.#settle();
  }

  #follow(view: BlockView, fresh: boolean): void {
    const { storage } = this.#buyer;
    this.#asked = view.state === 'ask' ? view : null;
    this.#hear(view);
    if (view.state === 'ask') this.#open(view);
    else if (view.state === 'thanks') this.#show({ kind: 'thanks', view, fresh });
    else this.#show(fresh ? { kind: 'answered', late: false } : { kind: 'nothing' });
    if (isEditor(this.#buyer)) return;
    // Kept so that the next visit shows it at once; the app is asked again all the same.
    const kept =
      view.state === 'thanks' ? storage.write(this.#keys.view, view) : storage.delete(this.#keys.view);
    void kept.catch(() => {});
    if (view.state === 'thanks') void storage.delete(this.#keys.draft).catch(() => {});
    if (view.state === 'thanks' && view.referralPending) void this.#awaitCode();
  }

  /** Asks; with what they chose when they were here before. */
  #open(view: AskView): void {
    const { id, version } = this.#draft?.survey ?? {};
    const draft = id === view.survey.id && version === view.survey.version ? this.#draft!.answers : {};
    this.#show({ kind: 'ask', view, draft, busy: false });
    this.note(draft);
  }

  async #awaitCode(): Promise<void> {
    for (const ms of CODE_PAUSES_MS) {
      await pause(ms);
      if (this.#left) return;
      const { value } = { value: null, ...(await this.#ask()) };
      if (value?.state === 'thanks' && !value.referralPending) return this.#follow(value, true);
    }
  }

  async #fetchView(): Promise<BlockView | null> {
    for (let tries = 1; !this.#left; tries++) {
      const outcome = await this.#ask();
      if (outcome.kind === 'answered') return outcome.value;
      if (outcome.kind === 'refused' || tries === TRIES || isEditor(this.#buyer)) return null;
      await pause(delayMs(tries, outcome.retryAfterMs));
    }
    return null;
  }

  #ask(): Promise<Outcome<BlockView>> {
    const { page, order, checkoutToken, isFirst, products } = this.#subject;
    const query = new URLSearchParams({ page, locale: localeOf(this.#buyer) });
    const country = this.#buyer.localization?.country?.value?.isoCode;
    if (order) query.set('order', order);
    if (checkoutToken) query.set('checkout', checkoutToken);
    if (country) query.set('country', country);
    if (isFirst !== undefined) query.set('first', String(isFirst));
    if (products?.length) query.set('products', products.join());
    return callApp<BlockView>(this.#buyer, `/api/block?${query}`);
  }
}
