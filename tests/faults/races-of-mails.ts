/** Mails, and what must stop them. */
import { cancelMessages, unsubscribe } from '../../app/messages/messages.server.ts';
import { sweepErased, uninstallShop } from '../../app/shops/shops.server.ts';
import { STOP_PERSON, STOP_WORK } from '../../app/stops.server.ts';
import { aShop } from '../builders.ts';
import { tablesWith } from '../database/rows.ts';
import { redactBody, requests } from '../database/shops/people.ts';
import type { TestDatabase } from '../database.ts';
import {
  aMessage,
  anOrderOf,
  aRecipient,
  aTextOf,
  handOverAll,
  handOverDeps,
  noon,
  RememberingMail,
  testKey,
} from '../messages.ts';
import type { Gated, Party, Told } from './orders-of-steps.ts';
import { oneTx, type Race, type Seen } from './race.ts';

const isMark = (label: string) => label.includes('tried_at') && label.includes('suppression');
export function racesOfMails(t: TestDatabase) {
  /** A mail that is about to go, and somebody who says that it must not. */
  async function aMailAbout() {
    const shop = await aShop(t.db);
    await aTextOf(t.db, shop);
    const customerId = await aRecipient(t.db, shop);
    const orderId = await anOrderOf(t.db, shop, customerId);
    const id = await aMessage(t.db, shop, customerId, { orderId });
    const mail = new RememberingMail();
    const A: Party = {
      run: ({ db }) => handOverAll(handOverDeps(db, mail), noon),
      stopsAt: (label) => label === 'commit 1' || isMark(label),
    };
    /** Looks whether it may go, then sends it and writes that down. */
    const naive: Party = {
      async run({ db, gate }: Gated) {
        const [row] = await db.sqlAcrossShops(
          `select 1 from message m join shop s on s.id = m.shop_id and s.epoch = m.epoch
         join customer c on c.shop_id = m.shop_id and c.id = m.customer_id and c.erased_at is null
         where m.id = $1 and m.state = 'waiting'`,
          [id],
        );
        await gate('commit 1');
        await gate('tried_at suppression');
        if (!row) return;
        mail.accepted.push({ id } as never);
        await db.sqlAcrossShops(`update message set state = 'sent', due_at = null where id = $1`, [id]);
      },
      stopsAt: (label) => label === 'commit 1' || label === 'tried_at suppression',
    };
    /** @param until what it had not passed yet when the other one was through */
    const judge = (until: (label: string) => boolean) => async (told: Told) => {
      await handOverAll(handOverDeps(t.db, mail), noon);
      const [row] = await t.db.sqlAcrossShops<{ state: string }>('select state from message where id = $1', [
        id,
      ]);
      const sent = mail.accepted.length;
      const wasFirst = told.passedWhenOtherEnded.A.some(until);
      const isToldSo = (row?.state === 'sent') === (sent === 1);
      const broken =
        sent > 1
          ? 'sent twice'
          : sent === 1 && !wasFirst
            ? 'sent all the same'
            : isToldSo
              ? null
              : `${row?.state}, ${sent} sent`;
      return { broken, what: sent > 0 ? 'sent' : 'kept' };
    };
    return { shop, customerId, orderId, A, naive, judge };
  }

  const stopping = (
    stop: (mail: Awaited<ReturnType<typeof aMailAbout>>) => Party,
    until: (label: string) => boolean = isMark,
  ): Race => ({
    steps: { A: 3, B: 2 },
    async begin() {
      const mail = await aMailAbout();
      const B = stop(mail);
      return { ...mail, B, judge: mail.judge((label) => until(label) || label === 'tried_at suppression') };
    },
  });

  const sendCancel = stopping(({ shop, orderId }) =>
    oneTx((tx) => cancelMessages(tx, [{ shopId: shop.id, orderId }], { code: 'order-cancelled' }, noon)),
  );

  const sendUnsubscribe = stopping(({ shop, customerId }) => {
    const no = {
      classes: ['ask', 'offer'] as const,
      channel: 'email' as const,
      source: 'one-click' as const,
    };
    return oneTx((tx) => unsubscribe(tx, testKey, { shopId: shop.id, customerId, ...no }, noon));
  });

  const sendRedact: Race = {
    steps: { A: 3, B: 2 },
    async begin() {
      const mail = await aMailAbout();
      const { shop, customerId, orderId } = mail;
      const shopifyId = orderId + 1_000_000n;
      await t.db.sqlAcrossShops('update customer set shopify_id = $2 where id = $1', [customerId, shopifyId]);
      const person = { customerId, shopifyId, orderId, email: `${customerId}@example.com`, phone: '' };
      const B: Party = {
        run: ({ db }) =>
          requests(() => db, STOP_PERSON).request(shop, 'customers/redact', redactBody(shop, person)),
        // The webhook commits first, then the job that erases.
        stopsAt: (label) => label === 'commit 2',
      };
      const judged = mail.judge((label) => isMark(label) || label === 'tried_at suppression');
      const judge = async (told: Told): Promise<Seen> => {
        const seen = await judged(told);
        await t.db.acrossShops((tx) => sweepErased(tx, noon));
        const left = await tablesWith(t.db, person.email);
        return left.length > 0 && !seen.broken ? { ...seen, broken: `still in ${left.join()}` } : seen;
      };
      return { ...mail, B, judge };
    },
  };

  const uninstallClaim = stopping(({ shop }) => oneTx((tx) => uninstallShop(tx, shop.id, STOP_WORK, noon)));

  return { sendCancel, sendUnsubscribe, sendRedact, uninstallClaim };
}
