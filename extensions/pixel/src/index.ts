/** Remembers a friend's link for thirty days, and tells the app which one an order came by. Nothing about the person. */
import { register, type Events, type PixelApi } from './web-pixels.ts';

/** What the landing page of a friend's link leaves in the shop's address: app/referrals/links.ts */
const PARAMETER = 'friend';
const KEPT = 'everafter-friend';
const DAYS = 30 * 86_400_000;
/** Too many requests, a fault: worth another try on the next page of a checkout, should there be one. */
const AGAIN_FROM = 429;

register(({ analytics, browser: { localStorage }, settings }) => {
  void analytics.subscribe('page_viewed', (event) => remember(localStorage, event));
  void analytics.subscribe('checkout_completed', (event) => tell(localStorage, settings, event));
});

/** The last link wins. */
async function remember(storage: PixelApi['browser']['localStorage'], event: Events['page_viewed']) {
  const visit = new URLSearchParams(event.context.document.location.search).get(PARAMETER);
  if (visit && visit.length <= 600 && /^[\w-]+\.[\w-]+$/.test(visit))
    await storage.setItem(KEPT, `${Date.parse(event.timestamp)} ${visit}`);
}

/** One order a link. */
async function tell(
  storage: PixelApi['browser']['localStorage'],
  { address }: PixelApi['settings'],
  { timestamp, data: { checkout } }: Events['checkout_completed'],
) {
  const [at, visit] = ((await storage.getItem(KEPT)) ?? '').split(' ');
  if (!visit) return;
  const isOver = Date.parse(timestamp) - Number(at) > DAYS;
  const [order, token] = [checkout.order?.id, checkout.token];
  if (!isOver && address && order && token) {
    // Plain text: a request that asks nobody first, and that outlives the page.
    const { status } = await fetch(`${address}/api/click`, {
      method: 'POST',
      keepalive: true,
      headers: { 'content-type': 'text/plain' },
      body: JSON.stringify({ visit, order, checkout: token }),
    });
    if (status >= AGAIN_FROM) return;
  }
  await storage.removeItem(KEPT);
}
