/** Pages that collect discount codes: whoever comes from there was sent by nobody's friend. */

const SITES = new Set(
  `couponfollow.com couponbirds.com couponcabin.com coupons.com cuponation.com dealspotr.com dontpayfull.com goodsearch.com
  groupon.com hotukdeals.com hotdeals.com joinhoney.com knoji.com latestdeals.co.uk lovecoupons.com mydealz.de myvouchercodes.co.uk
  offers.com promocodes.com rakuten.com retailmenot.com savings.com shoop.de slickdeals.net simplycodes.com topcashback.com
  vouchercloud.com vouchercodes.co.uk wethrift.com worthepenny.com dealabs.com ma-reduc.com igraal.com poulpeo.com ebuyclub.com
  sparwelt.de gutscheinpony.de gutscheine.de coupons.de chollometro.com pepper.com cupones.es`.split(/\s+/),
);
/** Words in the name of such a page, in the languages of the markets. */
const WORDS =
  /(^|[.-])(coupons?|couponing|promo-?codes?|discount-?codes?|vouchers?|voucher-?codes?|gutscheine?|gutschein-?codes?|rabatt-?codes?|codes?-?promo|bons?-?de-?reduction|reducs?|cupon(es)?|codigos?-?(promocional(es)?|descuento)|dealsites?)([.-]|$)/;

/** @param host without its www, as `order_trace.referrer` has it */
export function isCouponSite(host: string | null): boolean {
  if (!host) return false;
  const labels = host.split('.');
  return labels.slice(0, -1).some((_, from) => SITES.has(labels.slice(from).join('.'))) || WORDS.test(host);
}
