/** A folded line under which a friend's code can be entered. */
import { useState } from 'preact/hooks';
import type { CheckoutView } from '../../../app/referrals/checkout.ts';
import { callApp } from '../../shared/app.ts';
import { elementOf, localeOf } from '../../shared/buyer.ts';
import type { CheckoutBuyer } from './checkout-buyer.ts';

type Entry = { kind: 'open'; problem?: 'enterCode' | 'notAccepted' } | { kind: 'applying' };

const add = (buyer: CheckoutBuyer, code: string): Promise<boolean> =>
  buyer.applyDiscountCodeChange!({ type: 'addDiscountCode', code })
    .then(({ type }) => type === 'success')
    .catch(() => false);

/** Shopify takes a code as it is written; the app knows whose it is by its looks. */
async function addAsMeant(buyer: CheckoutBuyer, typed: string): Promise<boolean> {
  const query = new URLSearchParams({ code: typed, locale: localeOf(buyer) });
  const outcome = await callApp<CheckoutView>(buyer, `/api/checkout?${query}`);
  const meant = outcome.kind === 'answered' ? outcome.value.friend?.code : undefined;
  return meant !== undefined && meant !== typed && add(buyer, meant);
}

export function CodeField({ buyer }: { buyer: CheckoutBuyer }) {
  const t = buyer.i18n.translate;
  const [code, setCode] = useState('');
  const [entry, setEntry] = useState<Entry>({ kind: 'open' });

  async function apply() {
    if (entry.kind === 'applying') return;
    const typed = code.trim();
    if (!typed) return setEntry({ kind: 'open', problem: 'enterCode' });
    setEntry({ kind: 'applying' });
    const isAccepted = (await add(buyer, typed)) || (await addAsMeant(buyer, typed));
    // When it is accepted, the codes of the checkout change, and the field makes room for the welcome.
    setEntry({ kind: 'open', problem: isAccepted ? undefined : 'notAccepted' });
  }

  return (
    <s-details>
      <s-summary>{t('haveCode')}</s-summary>
      <s-form onSubmit={apply}>
        <s-grid gridTemplateColumns="1fr auto" gap="small-200" alignItems="start">
          <s-text-field
            label={t('code')}
            labelAccessibilityVisibility="exclusive"
            placeholder={t('code')}
            value={code}
            error={entry.kind === 'open' && entry.problem ? t(entry.problem) : undefined}
            onInput={(event) => {
              setCode(elementOf<'s-text-field'>(event).value ?? '');
              if (entry.kind === 'open') setEntry({ kind: 'open' });
            }}
          />
          <s-button type="submit" loading={entry.kind === 'applying'}>
            {t('apply')}
          </s-button>
        </s-grid>
      </s-form>
    </s-details>
  );
}
