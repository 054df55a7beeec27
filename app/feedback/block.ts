/**
 * What the block on the thank-you and order-status pages and the app say to each other.
 *
 * `GET  /api/block?page=&order=&checkout=&locale=&country=` answers a {@link BlockView};
 * `POST /api/block` takes an {@link AnswerInput}, a {@link ParcelInput} or a {@link RedeemInput} and answers the {@link BlockView} that follows from it;
 * a {@link SharedInput} is answered without a word.
 * Both want the extension's session token as bearer. Extensions import this file for its types only.
 */

export type BlockPage = 'thank-you' | 'order-status';

/** One question as the buyer sees it, in the buyer's language. */
export type BlockQuestion =
  | ScaleQuestion
  | ChoiceQuestion
  | RankingQuestion
  | MatrixQuestion
  | TextQuestion
  | DateQuestion
  | ContactQuestion;

/** Asked only if it holds: about the answer to an earlier question. */
export interface BlockRule {
  question: string;
  /** `one-of`: of a list of choices any, of a ranking what was put first. */
  is: 'one-of' | 'answered' | 'skipped';
  values: (number | string)[];
}

interface QuestionBase {
  /** Stable within the survey; answers name it. */
  key: string;
  /** The question itself, at most 120 characters. */
  text: string;
  /** A sentence under it; '' for none. */
  help: string;
  required: boolean;
  /** All have to hold; a question without an answer is none of anything. */
  when: BlockRule[];
}

interface Labelled<Value> {
  value: Value;
  label: string;
}

/** A few big choices from worst to best: words, the figures 0…10, or stars. */
export interface ScaleQuestion extends QuestionBase {
  kind: 'scale';
  look: 'words' | 'numbers' | 'stars';
  /** Worst first. Labels of figures are the figures, those of stars say how many. */
  options: Labelled<number>[];
  /** What the ends of figures mean; '' elsewhere. */
  low: string;
  high: string;
}

/** One line of choices. */
export interface ChoiceQuestion extends QuestionBase {
  kind: 'choice';
  multiple: boolean;
  options: Labelled<string>[];
}

/** Choices to be put in order. The answer is a list, the best first; not all have to be in it. */
export interface RankingQuestion extends QuestionBase {
  kind: 'ranking';
  options: Labelled<string>[];
}

/** One scale for several things. The answer is `{ row: column }`. */
export interface MatrixQuestion extends QuestionBase {
  kind: 'matrix';
  rows: Labelled<string>[];
  columns: Labelled<number>[];
}

/** A sentence of the buyer's own. */
export interface TextQuestion extends QuestionBase {
  kind: 'text';
  placeholder: string;
  maxLength: number;
}

/** The answer is YYYY-MM-DD. */
export interface DateQuestion extends QuestionBase {
  kind: 'date';
}

/** How and when we may write. The answer is `{ channel, frequency, hour }`, each part optional. */
export interface ContactQuestion extends QuestionBase {
  kind: 'contact';
  parts: { part: 'channel' | 'frequency' | 'hour'; label: string; options: Labelled<string>[] }[];
}

/** The friend's offer, ready to be copied, shared and scanned. */
export interface BlockReferral {
  code: string;
  /** Absolute link that a friend opens; also the content of the QR code. */
  shareUrl: string;
  /** Sentence that a share sheet is filled with. */
  shareText: string;
  /** "Your friend gets 15% off, you get €10 off when their order is settled." */
  offer: string;
  /** Sentences such as "Two friends have come so far"; empty while none has. */
  progress: string;
  /** Their own page: who came, what that has earned. */
  pageUrl?: string;
}

/**
 * Everything the block shows, decided by the app in one go; the extension only draws it.
 *
 * - `ask`: all questions that may come, in turn, so that one round trip is enough; the block draws those whose rules hold.
 * - `thanks`: answered, now or earlier. `tone` is `sorry` after a poor score: nothing celebrates, no favour is asked, `referral` is null.
 * - `nothing`: there is nothing to show (survey off, unknown shop, customer erased); the block stays empty.
 */
export type BlockView = BlockContent & {
  /**
   * Order-status page only, and for the order's own buyer: a parcel that was taken as arrived and that nobody has seen
   * arrive (`believed`), or one they have said to be missing (`missing`). Left out where there is nothing to say.
   */
  parcel?: 'believed' | 'missing';
  /** Order-status page only, for the order's own buyer: where they send photos and stories. Extensions take no files. */
  storyUrl?: string;
  /** Order-status page only, for the order's own buyer: what comes with how close they are, and their points. */
  loyalty?: BlockLoyalty;
};

/** Sentences in the buyer's language. */
export interface BlockLoyalty {
  benefits: string[];
  /** Null where the shop has no points. `redeem`: what the button says; it stands there while there are enough. */
  points: { balance: number; sentence: string; canRedeem: boolean; redeem: string } | null;
}

type BlockContent =
  | {
      state: 'ask';
      survey: AskedSurvey;
      questions: BlockQuestion[];
      /** The first of them, alone: what blocks of an earlier release draw, which are not replaced with the app. */
      question?: BlockQuestion;
      followUps?: [];
    }
  | {
      state: 'thanks';
      tone: 'glad' | 'neutral' | 'sorry';
      /** A sentence in the shop's voice that reflects the answer. */
      message: string;
      /** What they said, for those who come back: label of the first answer and their own words. */
      said: { label: string; comment: string | null } | null;
      referral: BlockReferral | null;
      /** True while a code is on its way (order not known yet): the message says that it comes by mail. */
      referralPending: boolean;
      /** How close the relationship is, as a friendly sentence; null when there is nothing to say. */
      stage: string | null;
      preferencesUrl: string | null;
      /** Order-status page only. */
      careGuides: { title: string; text: string; url: string | null }[];
    }
  | { state: 'nothing' };

/** Which survey is asked; sent back with the answer as it came. */
export interface AskedSurvey {
  id: string;
  version: number;
  /** Which wording was shown, while two are tried. */
  variant?: 'a' | 'b';
}

/** Which order is spoken of, and to whom. */
export interface BlockSubject {
  page: BlockPage;
  /** `gid://shopify/Order/N` or `gid://shopify/OrderIdentity/N`: the buyer's word. */
  order: string | null;
  checkoutToken: string | null;
  locale: string;
  country: string | null;
  /** What the thank-you page knows of an order that the app may not have heard of yet: the buyer's word. */
  isFirst?: boolean;
  /** Ids of its products at Shopify, at most 50. */
  products?: string[];
}

/** "It has not arrived yet", or "it is here now". What is so already changes nothing. */
export interface ParcelInput extends BlockSubject {
  parcel: 'missing' | 'arrived';
}

/** Points are turned into what they are worth. The same id never counts twice. */
export interface RedeemInput extends BlockSubject {
  redeem: string;
}

/** Copy or share was pressed beside the code. Answered with 204, whatever comes of it. */
export interface SharedInput extends BlockSubject {
  shared: 'copy' | 'share';
}

export interface AnswerInput extends BlockSubject {
  survey: AskedSurvey;
  /** Chosen by the extension once per answer and kept over retries: the same id never counts twice. */
  operationId: string;
  answers: { question: string; value: number | string | string[] | Record<string, number | string> }[];
  /** The first answer, sent at once: what is asked after it may follow under the same operation id. */
  more?: true;
  /** Adds to what was sent under this operation id, or changes it. Holds all answers. */
  amends?: true;
  /** Counts what is sent under one operation id, so that a part that comes late undoes nothing. */
  part?: number;
}
