/** How answers leave, a way for each channel: what conversations hand over meets the adapters that carry it. */
import { makeClockLoop, makeReplyLoop } from './conversations/conversations.server.ts';
import type { SendReply, SentReply, WaysOut } from './conversations/sending.ts';
import { mailWay, socialWay, textWay } from './correspondence/correspondence.server.ts';
import { headerText, mailboxOf } from './messages/address.ts';
import { escapeHtml } from './messages/marked-text.ts';
import type { SendResult } from './messages/provider.ts';
import { underQuestion } from './questionWays.server.ts';
import * as reviews from './reviews/reviews.server.ts';
import { shopById } from './shops/shops.server.ts';
import type { App } from './wiring.server.ts';

/** The worker's loops over conversations. */
export const voiceLoops = (app: App) => ({
  replies: makeReplyLoop({ db: app.db, ways: waysOut(app) }),
  clocks: makeClockLoop({
    db: app.db,
    inboxUrl: (shop, id) => inboxUrl(app, shop, id),
    helpUrl: app.help.help,
  }),
});

function waysOut(app: App): WaysOut {
  const deps = {
    db: app.db,
    email: app.email,
    texts: app.texts,
    from: app.config.MAIL_FROM,
    addresses: app.inbound?.addresses ?? null,
    suppressionKey: app.key('suppression'),
  };
  return {
    mail: mailWay(deps),
    text: textWay(deps),
    review: underReview(app),
    question: underQuestion(app),
    social: socialWay(app.social),
    colleague: toColleague(app),
  };
}

/** In public, under the review that it answers. */
const underReview =
  ({ db }: App): SendReply =>
  async ({ shopId, source, text, at }) => {
    const reviewId = /^review:([0-9a-f-]{36})$/.exec(source ?? '')?.[1];
    if (!reviewId) return { outcome: 'by-hand' };
    const answer = { text, staff: 'conversations' };
    const said = await db.inShop(shopId, (tx) => reviews.reply(tx, { shopId, reviewId }, answer, at));
    if (said.outcome === 'saved') return { outcome: 'sent', ref: source };
    return { outcome: 'refused', reason: said.outcome === 'missing' ? 'review-gone' : 'not-taken' };
  };

/** Where the shop's people read a conversation: in the admin of Shopify. */
const inboxUrl = ({ config }: App, shop: { domain: string }, conversationId: string): string =>
  `https://${shop.domain}/admin/apps/${config.SHOPIFY_API_KEY}/app/conversations?open=${conversationId}`;

/** A word to the shop's own people: from the app's address, past what customers have chosen. */
const toColleague =
  (app: App): SendReply =>
  async (reply) => {
    const { email, config, db } = app;
    const to = mailboxOf(reply.address);
    if (!to) return { outcome: 'refused', reason: 'no-address' };
    const shop = await shopById({ sql: db.sqlAcrossShops }, reply.shopId);
    if (!shop) return { outcome: 'refused', reason: 'shop-gone' };
    const text = withLink(reply.text, inboxUrl(app, shop, reply.conversationId));
    const sent = await email.send(
      {
        id: reply.id,
        shopId: reply.shopId,
        from: { name: 'Everafter', address: config.MAIL_FROM },
        to,
        replyTo: null,
        at: reply.at,
        subject: headerText(reply.subject ?? ''),
        ...bodyOf(text),
        headers: { 'Auto-Submitted': 'auto-generated' },
      },
      async () => true,
    );
    return sentAs(sent);
  };

/** Everybody who is told of a conversation is led to it, once. */
const withLink = (text: string, link: string) => (text.includes(link) ? text : `${text}\n\n${link}`);

const bodyOf = (text: string) => ({
  text,
  html: `<div style="white-space:pre-wrap;font-family:sans-serif">${escapeHtml(text)}</div>`,
});

/** What a provider said, as conversations understand it. What may have been taken is not sent twice: it keeps its id. */
function sentAs(sent: SendResult | { kind: 'withdrawn' }): SentReply {
  switch (sent.kind) {
    case 'accepted':
      return { outcome: 'sent', ref: sent.providerId };
    case 'refused':
      return { outcome: 'refused', reason: sent.address ? 'no-such-address' : 'not-taken' };
    case 'withdrawn':
      return { outcome: 'refused', reason: 'withdrawn' };
    default:
      return { outcome: 'later', reason: 'no-answer' };
  }
}
