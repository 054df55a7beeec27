/** The block in the checkout: a friend's welcome, a quiet field for a code, how they heard of the shop. */
import { codesOf, mayApplyCodes, type CheckoutBuyer } from './checkout-buyer.ts';
import { CodeField } from './CodeField.tsx';
import { useGreeting } from './greeting.ts';
import { Heard } from './Heard.tsx';

export function Welcome({ buyer }: { buyer: CheckoutBuyer }) {
  const view = useGreeting(buyer);
  const { show_code_field: field, ask_how_heard: ask } = buyer.settings.value;
  const friend = view?.friend;
  const offersField = !friend && field !== false && codesOf(buyer).length === 0 && mayApplyCodes(buyer);
  const heard = ask !== false && view?.heard;
  if (!friend && !offersField && !heard) return null;
  return (
    <s-stack gap="base">
      {(friend || offersField) && (
        <s-box minBlockSize="24px" accessibilityRole="status">
          {friend && (
            <s-stack direction="inline" gap="small-200" alignItems="center">
              <s-icon type="gift-card" tone="success" />
              <s-text type="strong">{friend.message}</s-text>
            </s-stack>
          )}
          {offersField && <CodeField buyer={buyer} />}
        </s-box>
      )}
      {heard && <Heard question={heard} buyer={buyer} />}
    </s-stack>
  );
}
