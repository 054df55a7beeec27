/** The page behind "it has not arrived yet": one press says so, another that it has come after all. */
import { webAddress } from '../web-address.ts';
import type { Arrival } from '../orders/missing.ts';
import type { Order } from '../orders/order.ts';
import { PARCEL_TEXTS } from '../orders/page-texts.ts';
import type { Shop } from '../shops/shop.ts';
import { closestTag, textFor } from '../shops/translations.ts';
import { hostedPage, html, type Markup } from './hostedPage.ts';

/** Whoever followed the link has said it: sent as soon as a person moves, touches or types. Scanners do none of it. */
const SEND_BY_ITSELF = `
const form = document.querySelector('form[data-said]');
if (form) {
  let sent = false;
  const send = (event) => {
    if (sent || !event.isTrusted) return;
    sent = true;
    form.requestSubmit();
  };
  setTimeout(() => {
    for (const kind of ['pointermove', 'touchstart', 'keydown']) addEventListener(kind, send, { passive: true });
  }, 900);
}`;

interface Shown {
  shop: Shop;
  order: Order | null;
  shipmentId: bigint | null;
  arrival: Arrival;
  /** They have just found it. */
  found: boolean;
}

export function parcelPageResponse({ shop, order, shipmentId, arrival, found }: Shown): Response {
  const locale = order?.locale ?? null;
  const language = closestTag(Object.keys(PARCEL_TEXTS.arrived), locale, shop.locale) ?? 'en';
  const say = (text: keyof typeof PARCEL_TEXTS) =>
    textFor(PARCEL_TEXTS[text], locale, shop.locale).replace('{order}', order?.name ?? '');
  const page = (title: string, body: Markup, status = 200) =>
    hostedPage({
      shop,
      language,
      title,
      status,
      body: html`<h1 role="status">${title}</h1>
        ${body}`,
      script: SEND_BY_ITSELF,
    });
  if (found) return page(say('goodTitle'), html``);
  if (!order || arrival === 'none')
    return page(say('goneTitle'), html`<p>${say('goneText')}</p>`, order ? 200 : 404);
  const links = order.shipments
    .filter(({ id, trackingUrl }) => webAddress(trackingUrl) && (shipmentId === null || id === shipmentId))
    .map(
      ({ carrier, trackingUrl }) =>
        html`<p><a href="${trackingUrl}">${say('follow')}${carrier && ` (${carrier})`}</a></p>`,
    );
  if (arrival === 'missing')
    return page(
      say('toldTitle'),
      html`<p>${say('toldText')}</p>
        ${links}
        <form method="post"><button name="said" value="arrived">${say('arrived')}</button></form>`,
    );
  return page(
    say('askTitle'),
    html`<p>${say('askText')}</p>
      ${links}
      <form method="post" data-said>
        <input type="hidden" name="said" value="missing" /><button>${say('notArrived')}</button>
      </form>`,
  );
}
