/** An invented customer with an invented order: for previews without a customer and for checks. */
import { textFor } from '../shops/translations.ts';
import type { MergeFields, ProductFields } from './fields.ts';

const product: ProductFields = {
  title: 'Linen apron',
  image: null,
  url: 'https://example.com/products/linen-apron',
  quantity: 1,
  review_url: 'https://example.com/r/sample',
  care: {
    title: 'Care for linen',
    text: 'Wash at 40 degrees with like colours.\nHang to dry.',
    url: 'https://example.com/pages/linen',
  },
};

const OFFER = {
  en: 'They get 15 % off, you get €10 when their order is settled.',
  de: 'Dafür gibt es 15 % Rabatt, und für Sie 10 €, sobald die Bestellung abgeschlossen ist.',
  fr: 'Vos amis ont 15 % de remise, et vous 10 € dès que leur commande est confirmée.',
  es: 'Tus amigos tienen un 15 % de descuento y tú 10 € cuando su pedido quede confirmado.',
};

/** Every field has a value. */
export function sampleFields(locale: string): MergeFields {
  const day = new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeZone: 'UTC' });
  return {
    customer: { first_name: 'Ana', last_name: 'Lima' },
    shop: { name: 'A Shop', url: 'https://example.com', email: 'hello@example.com', signature: 'A Shop' },
    order: {
      name: '#1001',
      status_url: 'https://example.com/orders/1001',
      placed_on: day.format(Date.UTC(2026, 4, 4)),
    },
    shipment: { carrier: 'DHL', tracking_url: 'https://example.com/track' },
    products: [product, { ...product, title: 'Oak spoon', quantity: 2, care: null }],
    product,
    referral: {
      code: 'ANA-7Q4K',
      share_url: 'https://example.com/apps/friends/ANA-7Q4K',
      offer: textFor(OFFER, locale),
    },
    reward: { code: 'THANKS-7Q4K2M', offer: '€10', expires_on: day.format(Date.UTC(2026, 8, 1)) },
    answers: [1, 2, 3, 4, 5, 6, 7].map((value) => ({ value, url: `https://example.com/a/sample-${value}` })),
    links: {
      preferences: 'https://example.com/p/sample',
      unsubscribe: 'https://example.com/u/sample',
      unsubscribe_all: 'https://example.com/u/sample-all',
    },
  };
}
