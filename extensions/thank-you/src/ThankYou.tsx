import '@shopify/ui-extensions/preact';
import { render } from 'preact';
import type { Buyer } from '../../shared/buyer.ts';
import { Block } from './Block.tsx';

export default async () => {
  render(<ThankYou />, document.body);
};

function ThankYou() {
  const order = shopify.orderConfirmation?.value?.order?.id ?? null;
  return <Block buyer={shopify as unknown as Buyer} page="thank-you" order={order} />;
}
