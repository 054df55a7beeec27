/**
 * Builds everything from the settings; the only place with singletons. `app()` is for routes; the web and the worker
 * process open the same thing with what they need beside it.
 */
import { createHmac } from 'node:crypto';
import { txtRecords } from './adapters/dns/txt.server.ts';
import { readResendEvent, type EventReading } from './adapters/email/resend-events.server.ts';
import { resendProvider } from './adapters/email/resend.server.ts';
import { smtpProvider } from './adapters/email/smtp.server.ts';
import { mastodon } from './adapters/social/mastodon.server.ts';
import { adminApi, type Admin } from './adapters/shopify/admin-client.server.ts';
import { shopifyArticles } from './adapters/shopify/articles.server.ts';
import { segmentsOf } from './adapters/shopify/audience-source.server.ts';
import { connectAuthentication } from './adapters/shopify/authenticate.server.ts';
import { readFlowRun, type FlowReading } from './adapters/shopify/flow.server.ts';
import { sealWith } from './adapters/shopify/sealing.ts';
import { sessionsIn, type Sessions } from './adapters/shopify/sessions.server.ts';
import { tokensOf, type Tokens } from './adapters/shopify/tokens.server.ts';
import { readText, type TextReading } from './adapters/texts/inbound.server.ts';
import { httpTexts } from './adapters/texts/http.server.ts';
import { draftService, type AskForDraft } from './adapters/webhooks/ask.server.ts';
import { publicOnly } from './adapters/webhooks/guarded.server.ts';
import { isSignedByShop } from './adapters/webhooks/incoming.ts';
import { webhookSecret } from './adapters/webhooks/signature.ts';
import { realNow } from './clock.server.ts';
import { config, type Config } from './config.server.ts';
import { storageOf } from './fileStorage.server.ts';
import { helpLinks, type HelpLinks } from './conversations/help-links.ts';
import type { SocialDeps } from './correspondence/correspondence.server.ts';
import { openDb, type Db } from './db.server.ts';
import { mailQuestions, type BlockNeeds } from './feedback/feedback.server.ts';
import { feedbackLinks, type FeedbackLinks } from './feedback/links.ts';
import { connectLimits } from './limits.server.ts';
import type { FilesDeps } from './files/files.server.ts';
import { uploadTokens, type UploadTokens } from './files/upload.ts';
import { inboundMail, type InboundMail } from './inboundMail.server.ts';
import { openQueue, type Queue } from './jobs/queue.server.ts';
import { loyaltyOf, pointsRunningOut, redeemPoints } from './loyalty/loyalty.server.ts';
import { makeLinks, makeMergeSource, type Links } from './messages/messages.server.ts';
import type { MergeSource } from './messages/merge-source.server.ts';
import type { MailSettings } from './messages/outgoing.ts';
import type { MailProvider, TextProvider } from './messages/provider.ts';
import type { TxtAnswer } from './messages/dns-records.ts';
import { parcelLinks, type ParcelLinks } from './orders/parcel-links.ts';
import { advocateLinks, type AdvocateLinks } from './referrals/links.ts';
import { codeShared, offerOf, referralsOf } from './referrals/referrals.server.ts';
import { reviewLinks, type ReviewLinks } from './reviews/links.ts';
import type { Articles } from './stories/article.ts';
import { storyLinks, type StoryLinks } from './stories/links.ts';
import { tombstonesOf, type Tombstones } from './shops/shops.server.ts';

/** What every process has. */
export interface App {
  config: Config;
  db: Db;
  queue: Queue;
  sessions: Sessions;
  tokens: Tokens;
  admin: Admin;
  /** The shops' blogs. */
  articles: Articles;
  /** Segments of a shop, to choose from. */
  segments: (shop: { domain: string }) => ReturnType<typeof segmentsOf>;
  tombstones: Tombstones;
  links: Links;
  /** One-click answers. */
  asks: FeedbackLinks;
  /** Reviews and questions about products. */
  reviewLinks: ReviewLinks;
  /** Photos and stories, pictures of events. */
  stories: StoryLinks;
  /** "It has not arrived yet" */
  parcels: ParcelLinks;
  /** Pictures and videos: where they lie, and how much of a shop's may. */
  files: FilesDeps;
  /** Where they are served. */
  filesOrigin: string;
  /** Who may send one in. */
  uploads: UploadTokens;
  /** Advocates' own pages. */
  friends: AdvocateLinks;
  /** "Did it help?" */
  help: HelpLinks;
  email: MailProvider;
  /** Null while no provider of texts is set up. */
  texts: TextProvider | null;
  /** Reads what the mail provider reports; null while it reports nothing. */
  readMailEvent: ((header: (name: string) => string | null, body: string) => EventReading) | null;
  /** Reads a text that a gateway posts; null while none may. */
  readText: ((header: (name: string) => string | null, body: string) => TextReading) | null;
  /** Reads what Shopify Flow posts. */
  readFlow: (body: Buffer, signature: string | null) => FlowReading;
  /** Takes in what people answer to mails; null while no address is set for it. */
  inbound: InboundMail | null;
  /** The shop's own accounts on networks. */
  social: SocialDeps;
  /** What DNS says at a name, for checks of senders' domains. */
  txtRecords: (name: string) => Promise<TxtAnswer>;
  /** Fills the fields of mails. */
  source: MergeSource;
  mail: MailSettings;
  block: BlockNeeds;
  /** What a merchant's systems need to know that a webhook is ours. */
  webhookSecret: (shopId: bigint) => string;
  /** Whether what came in was signed with a shop's secret. */
  isSignedByShop: (
    shopId: bigint,
    header: (name: string) => string | null,
    body: string,
    nowMs: number,
  ) => boolean;
  /** Asks a merchant's own service for a draft of an answer. */
  askForDraft: AskForDraft;
  /** Keys derived from the one secret, a purpose each. */
  key: (purpose: KeyPurpose) => Buffer;
  close(): Promise<void>;
}

/** What a derived key is for; one purpose never opens what another has signed. */
type KeyPurpose = 'address-hash' | 'tombstone' | 'suppression' | 'reward-code' | 'links' | 'webhooks-out';

/** The secrets that Shopify may sign with: the present one, then the one before the last rotation. */
export const secretsOf = (settings: Config): string[] =>
  [settings.SHOPIFY_API_SECRET, settings.SHOPIFY_API_SECRET_PREVIOUS].filter(
    (secret) => secret !== undefined,
  );

/** The key that seals; the one before the last rotation still opens what it sealed. */
function mastersOf({
  ENCRYPTION_KEY: present,
  ENCRYPTION_KEY_PREVIOUS: older,
}: Config): [Buffer, ...Buffer[]] {
  return [Buffer.from(present, 'base64'), ...(older ? [Buffer.from(older, 'base64')] : [])];
}

/**
 * Keys of what lasts longer than a rotation (docs/decisions/0004). `everyKey` begins with the lasting one; the others may
 * have signed before it was set apart.
 */
export function keysFrom(
  { LASTING_KEY: lasting }: Pick<Config, 'LASTING_KEY'>,
  masters: readonly [Buffer, ...Buffer[]],
): { key: (purpose: KeyPurpose) => Buffer; everyKey: (purpose: KeyPurpose) => [Buffer, ...Buffer[]] } {
  const root = lasting ? Buffer.from(lasting, 'base64') : masters[0];
  const others = masters.filter((master) => !master.equals(root));
  const derive = (from: Buffer, purpose: KeyPurpose) => createHmac('sha256', from).update(purpose).digest();
  return {
    key: (purpose) => derive(root, purpose),
    everyKey: (purpose) => [derive(root, purpose), ...others.map((from) => derive(from, purpose))],
  };
}

function build(worker: boolean): App {
  const settings = config();
  const {
    SHOPIFY_API_KEY: apiKey,
    SHOPIFY_APP_URL: appUrl,
    DATABASE_URL: url,
    TEXTS_URL: textsUrl,
  } = settings;
  const masters = mastersOf(settings);
  const { key, everyKey } = keysFrom(settings, masters);
  const secrets = secretsOf(settings);
  const db = openDb({ url, max: settings.DATABASE_POOL });
  const queue = openQueue({ url, worker });
  const seal = sealWith(masters);
  const sessions = sessionsIn(db, seal);
  const tokens = tokensOf({ db, sessions, apiKey, secrets });
  const admin = adminApi(tokens);
  connectLimits(db);
  connectAuthentication({ apiKey, secrets, appUrl, db, queue, sessions, admin });
  const signed = signedLinks(appUrl, everyKey('links'));
  const email = mailProvider(settings);
  const inbound = inboundMail(settings, { db, linkKeys: everyKey('links'), hashKey: key('suppression') });
  const texts = textsUrl ? httpTexts({ url: textsUrl }) : null;
  return {
    config: settings,
    db,
    queue,
    sessions,
    tokens,
    admin,
    articles: shopifyArticles(admin),
    segments: (shop) => segmentsOf(admin, shop),
    readFlow: (body, signature) => readFlowRun(body, signature, secrets),
    tombstones: tombstonesOf(everyKey('tombstone')),
    ...signed,
    files: { db, storage: storageOf(settings), quotaBytes: settings.FILES_QUOTA_MB * 1024 * 1024 },
    filesOrigin: settings.FILES_ORIGIN ?? appUrl,
    email,
    texts,
    readMailEvent: mailEventsOf(settings),
    readText: textsInOf(settings),
    inbound,
    social: { db, seal, networks: { mastodon: mastodon({ lookup: publicOnly() }) } },
    txtRecords: txtRecords(),
    mail: mailSettings(settings, signed.links, inbound),
    block: blockNeeds(signed),
    webhookSecret: (shopId) => webhookSecret(key('webhooks-out'), shopId),
    isSignedByShop: (shopId, ...posted) => isSignedByShop({ key: key('webhooks-out'), shopId }, ...posted),
    askForDraft: draftService({ key: key('webhooks-out') }),
    key,
    async close() {
      await Promise.all([queue.stop(), email.close(), texts?.close(), inbound?.mailbox?.close()]);
      await db.close();
    },
  };
}

/** Every link that stands in a mail or on a page, and what fills mails with them. */
function signedLinks(appUrl: string, key: [Buffer, ...Buffer[]]) {
  const links = makeLinks({ appUrl, key });
  const asks = feedbackLinks({ appUrl, key });
  const reviews = reviewLinks({ appUrl, key });
  const parcels = parcelLinks({ appUrl, key });
  const stories = storyLinks({ appUrl, key });
  const friends = advocateLinks({ appUrl, key });
  const source = makeMergeSource({
    links,
    referralsOf: (tx, wanted) => referralsOf(tx, wanted, friends.page),
    advocateUrl: friends.page,
    pointsOf: pointsRunningOut,
    answerUrl: asks.answer,
    surveysOf: mailQuestions(asks.answer),
    reviewUrl: reviews.review,
    storyUrl: stories.story,
    eventUrl: (about) => stories.event({ ...about, shared: false }),
    notArrivedUrl: parcels.notArrived,
  });
  const help = helpLinks({ appUrl, key });
  return {
    links,
    asks,
    reviewLinks: reviews,
    stories,
    parcels,
    friends,
    help,
    uploads: uploadTokens(key),
    source,
  };
}

const mailSettings = (settings: Config, links: Links, inbound: InboundMail | null): MailSettings => ({
  from: settings.MAIL_FROM,
  unsubscribeUrl: links.unsubscribe,
  ...(inbound ? { replyTo: inbound.replyToMessage } : {}),
});

const blockNeeds = ({ links, stories, friends }: Pick<App, 'links' | 'stories' | 'friends'>): BlockNeeds => ({
  referral: (tx, ask, now) => offerOf(tx, { ...ask, pageUrl: friends.page }, now),
  shared: codeShared,
  preferencesUrl: (owner) => links.preferences({ ...owner, messageId: null }),
  storyUrl: stories.story,
  loyalty: (tx, { shop, ...ask }, now) => loyaltyOf(tx, shop, ask, now),
  redeem: redeemPoints,
});

function mailProvider(settings: Config): MailProvider {
  const {
    EMAIL_PROVIDER: provider,
    RESEND_API_KEY: apiKey,
    RESEND_API_URL: apiUrl,
    SMTP_URL: smtpUrl,
  } = settings;
  if (provider === 'resend' && apiKey) return resendProvider({ apiKey, apiUrl });
  return smtpProvider({ url: smtpUrl ?? '' });
}

function mailEventsOf({ RESEND_WEBHOOK_SECRET: secret }: Config): App['readMailEvent'] {
  return secret ? (header, body) => readResendEvent(secret, header, body, realNow()) : null;
}

function textsInOf({ TEXTS_INBOUND_SECRET: secret }: Config): App['readText'] {
  return secret ? (header, body) => readText(secret, header, body, realNow()) : null;
}

const HELD = Symbol.for('everafter.app');
type Held = { [HELD]?: App };

/** The one of this process, built at first use; survives reloads of modules during development. */
export function app(): App {
  return ((globalThis as Held)[HELD] ??= build(false));
}

/** The same for the worker, which also keeps the schedule of chores. */
export function workerApp(): App {
  return ((globalThis as Held)[HELD] ??= build(true));
}
