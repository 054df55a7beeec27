/** What comes with how close somebody is, and their points, which one press turns into what they are worth. */
import { useCallback, useState } from 'preact/hooks';
import type { BlockLoyalty, BlockView, RedeemInput } from '../../../app/feedback/block.ts';
import { localeOf, type Buyer } from '../../shared/buyer.ts';
import { newOperationId, send, type Kept } from '../../shared/outbox.ts';
import { useUnsent } from './useUnsent.ts';
import type { Subject } from './visit.ts';

interface LoyaltyProps {
  buyer: Buyer;
  subject: Subject;
  /** As the app said last. */
  loyalty: BlockLoyalty;
}

export function Loyalty({ buyer, subject, loyalty }: LoyaltyProps) {
  const [shown, show] = useState(loyalty);
  const [busy, setBusy] = useState(false);
  const key = `redeem:${subject.order ?? subject.checkoutToken}`;
  const redeem = useCallback(
    async (kept: Kept) => {
      setBusy(true);
      const sent = await send<BlockView>(buyer, key, kept, () => {});
      setBusy(false);
      if (sent.kind === 'answered' && sent.value.loyalty) show(sent.value.loyalty);
    },
    [buyer, key],
  );
  const hold = useUnsent(buyer, key, redeem);

  function press(): void {
    hold();
    const country = buyer.localization?.country?.value?.isoCode ?? null;
    const body: RedeemInput = { ...subject, locale: localeOf(buyer), country, redeem: newOperationId() };
    void redeem({ path: '/api/block', body });
  }

  const { benefits, points } = shown;
  return (
    <s-box paddingBlockStart="base">
      <s-stack gap="small-200">
        {benefits.map((benefit) => (
          <s-text key={benefit}>{benefit}</s-text>
        ))}
        {points && (
          <s-box accessibilityRole="status">
            <s-text>{points.sentence}</s-text>
          </s-box>
        )}
        {points && (points.canRedeem || busy) && (
          <s-button variant="secondary" loading={busy} onClick={press}>
            {points.redeem}
          </s-button>
        )}
      </s-stack>
    </s-box>
  );
}
