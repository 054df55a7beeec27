/** "How did you hear about us?" Asked once a checkout; sent as answers are, so that none is lost. */
import { useEffect, useState } from 'preact/hooks';
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
  // One id for the checkout: whoever changes their mind quickly is counted once.
  const [operationId] = useState(newOperationId);
  const checkoutToken = buyer.checkoutToken?.value ?? null;

  useEffect(() => {
    void wasTold(buyer, checkoutToken).then(setTold);
  }, [buyer, checkoutToken]);

  function tell(value: string) {
    if (!value || told) return;
    setTold(true);
    const body: HeardInput = { checkoutToken, value, operationId, survey: question.survey };
    if (!isEditor(buyer)) void deliver(buyer, checkoutToken, { path: '/api/checkout', body });
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

const keysOf = (checkoutToken: string | null) => ({
  told: `told:${checkoutToken}`,
  heard: `heard:${checkoutToken}`,
});

/** Whether it was answered before in this checkout; what could not be sent then is sent now. */
async function wasTold(buyer: CheckoutBuyer, checkoutToken: string | null): Promise<boolean> {
  const keys = keysOf(checkoutToken);
  const kept = await readKept(buyer, keys.heard);
  if (kept) void deliver(buyer, checkoutToken, kept);
  return Boolean(kept ?? (await buyer.storage.read(keys.told).catch(() => null)));
}

async function deliver(buyer: CheckoutBuyer, checkoutToken: string | null, kept: Kept): Promise<void> {
  const keys = keysOf(checkoutToken);
  await buyer.storage.write(keys.told, true).catch(() => {});
  await send(buyer, keys.heard, kept, () => {});
}
