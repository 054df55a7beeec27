import '@shopify/ui-extensions/preact';
import { render } from 'preact';
import type { Buyer } from '../../shared/buyer.ts';
import { Block } from './Block.tsx';

export default async () => {
  render(<ThankYou />, document.body);
};

function ThankYou() {
  const confirmation = shopify.orderConfirmation?.value;
  const order = confirmation?.order?.id ?? null;
  const products = shopify.lines?.value?.flatMap(({ merchandise }) => digitsOf(merchandise?.product?.id));
  return (
    <Block
      buyer={shopify as unknown as Buyer}
      page="thank-you"
      order={order}
      {...(confirmation && { isFirst: confirmation.isFirstOrder })}
      {...(products && { products: products.slice(0, 50) })}
    />
  );
}

/** `gid://shopify/Product/7` → `7` */
const digitsOf = (gid: string | undefined): string[] => /\/(\d{1,20})$/.exec(gid ?? '')?.slice(1, 2) ?? [];
