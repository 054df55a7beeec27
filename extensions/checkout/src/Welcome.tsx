/** The block in the checkout: a friend's welcome, a quiet field for a code, how they heard of the shop. */
import type { CheckoutView } from '../../../app/referrals/checkout.ts';
import { isEditor } from '../../shared/buyer.ts';
import { codesOf, mayApplyCodes, type CheckoutBuyer } from './checkout-buyer.ts';
import { CodeField } from './CodeField.tsx';
import { useGreeting } from './greeting.ts';
import { Heard } from './Heard.tsx';

export function Welcome({ buyer }: { buyer: CheckoutBuyer }) {
  const view = useGreeting(buyer);
  const settings = buyer.settings.value;
  const hasCode = codesOf(buyer).length > 0;
  const field = !hasCode && settings.show_code_field !== false && mayApplyCodes(buyer);
  return (
    <s-stack gap="base">
      {(hasCode || isEditor(buyer)) && <Friend view={view} />}
      {field && <CodeField buyer={buyer} />}
      {settings.ask_how_heard === true && !view && <Loading />}
      {settings.ask_how_heard !== false && view?.heard && <Heard question={view.heard} buyer={buyer} />}
    </s-stack>
  );
}

/** Holds its line until it is known whose code it is: most codes that come here are a friend's. */
function Friend({ view }: { view: CheckoutView | null }) {
  if (view && !view.friend) return null;
  return (
    <s-box minBlockSize="24px" accessibilityRole="status">
      {view?.friend ? (
        <s-grid gridTemplateColumns="auto 1fr" gap="small-200" alignItems="center">
          <s-icon type="gift-card" tone="success" />
          <s-text type="strong">{view.friend.message}</s-text>
        </s-grid>
      ) : (
        <s-skeleton-paragraph />
      )}
    </s-box>
  );
}

/** The question's own shape, before it is known: for merchants who have said that they want it here. */
function Loading() {
  return (
    <s-box minBlockSize="74px">
      <s-skeleton-paragraph content="How did you hear about us?" />
    </s-box>
  );
}
