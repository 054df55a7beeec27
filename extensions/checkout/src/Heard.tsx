/** "How did you hear about us?" Asked once a checkout; sent as answers are, so that none is lost. */
import { useEffect, useRef, useState } from 'preact/hooks';
import type { CheckoutView, HeardInput } from '../../../app/referrals/checkout.ts';
import { elementOf, isEditor } from '../../shared/buyer.ts';
import { newOperationId, readKept, send, type Kept } from '../../shared/outbox.ts';
import type { CheckoutBuyer } from './checkout-buyer.ts';

interface HeardProps {
  question: NonNullable<CheckoutView['heard']>;
  buyer: CheckoutBuyer;
}

export function Heard({ question, buyer }: HeardProps) {
  const t = buyer.i18n.translate;
  const [told, setTold] = useState(false);
  const sending = useRef(false);
  const checkoutToken = buyer.checkoutToken?.value ?? null;
  const keys = { told: `told:${checkoutToken}`, heard: `heard:${checkoutToken}` };

  async function deliver(kept: Kept) {
    sending.current = true;
    setTold(true);
    await buyer.storage.write(keys.told, true).catch(() => {});
    await send(buyer, keys.heard, kept, () => {});
  }

  useEffect(() => {
    void (async () => {
      const kept = await readKept(buyer, keys.heard);
      if (kept) return deliver(kept);
      if (await buyer.storage.read(keys.told).catch(() => null)) setTold(true);
    })();
  }, [checkoutToken]);

  function tell(value: string) {
    if (!value || sending.current) return;
    if (isEditor(buyer)) return setTold(true);
    const body: HeardInput = { checkoutToken, value, operationId: newOperationId() };
    void deliver({ path: '/api/checkout', body });
  }

  if (told) return <s-text color="subdued">{t('heardThanks')}</s-text>;
  return (
    <s-select
      label={question.text}
      placeholder={t('choose')}
      onChange={(event) => tell(elementOf<'s-select'>(event).value ?? '')}
    >
      {question.options.map(({ value, label }) => (
        <s-option key={value} value={value}>
          {label}
        </s-option>
      ))}
    </s-select>
  );
}
