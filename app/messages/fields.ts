/** What Liquid in a text may name. Publishing refuses a name that is not here; hand-over fills them in. */

/** A product inside a mail. */
export interface ProductFields {
  title: string;
  image: string | null;
  url: string | null;
  quantity: number;
  /** Where this customer writes the review of this product. */
  review_url: string | null;
  care: { title: string; text: string; url: string | null } | null;
}

/** A question that one click answers. */
export interface SurveyFields {
  question: string | null;
  look: 'words' | 'numbers' | 'stars';
  /** What the ends of figures mean. */
  low: string | null;
  high: string | null;
  /** Worst first, or as the merchant put them. */
  answers: { label: string; url: string }[];
}

export const NO_SURVEY: SurveyFields = { question: null, look: 'words', low: null, high: null, answers: [] };

/** Everything a text can speak of. Null is "not known": a text that needs it has a fallback, or does not go. */
export interface MergeFields {
  customer: { first_name: string | null; last_name: string | null };
  shop: { name: string; url: string; email: string | null; signature: string };
  order: { name: string; status_url: string | null; placed_on: string } | null;
  shipment: { carrier: string | null; tracking_url: string | null } | null;
  products: ProductFields[];
  product: ProductFields | null;
  referral: { code: string; share_url: string; page_url: string; offer: string } | null;
  reward: { code: string; offer: string; expires_on: string | null } | null;
  /** What of their points runs out soon: `ending` of `balance`, the first of them on `ends_on`. */
  points: { balance: string; ending: string; ends_on: string } | null;
  /** What became of a friend's order; `taken`: what had been given for it is no longer good. */
  news: {
    why: string;
    next: string;
    gift: string | null;
    taken: boolean;
    /** What so many friends had earned; they are fewer now. */
    extra: string | null;
    ordered_on: string;
    page_url: string;
  } | null;
  /** Where this customer sends photos and stories, and decides what they may be used for. */
  story: { url: string } | null;
  event: { name: string; url: string } | null;
  /** What somebody has asked about a product, and what they were answered. `owner`: who, where it was not the shop. */
  question: { text: string; answer: string; owner: string | null; url: string } | null;
  /** One click each, worst first. */
  answers: { value: number; url: string }[];
  /** The first question of the survey that is asked; without one the question is not known. */
  survey: SurveyFields;
  links: {
    preferences: string;
    unsubscribe: string;
    unsubscribe_all: string;
    /** In asks after an arrival; null elsewhere. */
    not_arrived: string | null;
  };
}

/** For somebody who is no customer: all that is known is the shop, and `own`. @param page where they end what they get */
export function fieldsOfNobody(
  shop: MergeFields['shop'],
  page: string,
  own: Partial<MergeFields>,
): MergeFields {
  return {
    customer: { first_name: null, last_name: null },
    shop,
    order: null,
    shipment: null,
    products: [],
    product: null,
    referral: null,
    reward: null,
    points: null,
    news: null,
    story: null,
    event: null,
    question: null,
    answers: [],
    survey: NO_SURVEY,
    links: { preferences: page, unsubscribe: page, unsubscribe_all: page, not_arrived: null },
    ...own,
  };
}

/** Each name with a line for the editor's list of fields. `products`, `answers` and `survey.answers` are walked by their blocks. */
export const FIELDS = {
  'customer.first_name': 'First name',
  'customer.last_name': 'Last name',
  'shop.name': 'Name of the shop',
  'shop.url': 'Address of the shop',
  'shop.email': 'E-mail of the shop',
  'shop.signature': 'Who signs the mail',
  'order.name': 'Number of the order',
  'order.status_url': 'Page of the order',
  'order.placed_on': 'Day of the order',
  'shipment.carrier': 'Carrier',
  'shipment.tracking_url': 'Page that follows the parcel',
  'product.title': 'Name of the product',
  'product.image': 'Picture of the product',
  'product.url': 'Page of the product',
  'product.quantity': 'Quantity',
  'product.review_url': 'Page for the review of the product',
  'product.care.title': 'Title of the care guide',
  'product.care.text': 'Text of the care guide',
  'product.care.url': 'Page of the care guide',
  'referral.code': 'Code for friends',
  'referral.share_url': 'Link for friends',
  'referral.page_url': 'Their page of friends and rewards',
  'referral.offer': 'What friends and the customer get',
  'reward.code': 'Code of the reward',
  'reward.offer': 'Value of the reward',
  'reward.expires_on': 'Last day of the reward',
  'points.ending': 'Points that run out soon',
  'points.ends_on': 'Day on which the first of them run out',
  'points.balance': 'All their points',
  'news.why': 'Why a friend’s order waits or does not count',
  'news.next': 'What comes next with it',
  'news.gift': 'What it gives',
  'news.taken': 'What was given for it was taken back',
  'news.extra': 'What a number of friends had earned, and is gone with this one',
  'news.ordered_on': 'Day of the friend’s order',
  'news.page_url': 'Their page of friends and rewards',
  'story.url': 'Page for their photos and stories',
  'event.name': 'Name of the event',
  'event.url': 'Pictures of the event',
  'question.text': 'What they asked about a product',
  'question.answer': 'The answer to it',
  'question.owner': 'Who has answered, if it was a customer',
  'question.url': 'Page of their question',
  'survey.question': 'Question of the survey',
  'links.preferences': 'Page of preferences',
  'links.unsubscribe': 'No more mails of this kind',
  'links.unsubscribe_all': 'Nothing but order news',
  'links.not_arrived': 'It has not arrived yet',
} as const;
export type FieldName = keyof typeof FIELDS;
