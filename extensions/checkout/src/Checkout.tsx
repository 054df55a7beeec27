import '@shopify/ui-extensions/preact';
import { render } from 'preact';
import type { CheckoutBuyer } from './checkout-buyer.ts';
import { Welcome } from './Welcome.tsx';

export default async () => {
  render(<Checkout />, document.body);
};

function Checkout() {
  return <Welcome buyer={shopify as unknown as CheckoutBuyer} />;
}
