import '@shopify/ui-extensions/preact';
import { render } from 'preact';
import type { Buyer } from '../../shared/buyer.ts';
import { Block } from './Block.tsx';

export default async () => {
  render(<OrderStatus />, document.body);
};

function OrderStatus() {
  const order = shopify.order?.value?.id ?? null;
  return <Block buyer={shopify as unknown as Buyer} page="order-status" order={order} />;
}
