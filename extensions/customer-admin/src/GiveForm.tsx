import { useState } from 'preact/hooks';
import type { CustomerBlock, GiveFromBlock } from '../../../app/customer-block.ts';
import { elementOf } from '../../shared/buyer.ts';
import { give } from './ask.ts';

interface GiveFormProps {
  /** Shopify's gid */
  customer: string;
  block: CustomerBlock;
  onGiven: () => Promise<void>;
}

const KINDS = { note: 'give.kinds.note', credit: 'give.kinds.credit', call: 'give.kinds.call' };
const EMPTY: GiveFromBlock = { kind: 'note', amount: '', note: '', aboutProblem: false };

/** Gives something at once, out of the same purse and under the same rules as in the app. */
export function GiveForm({ customer, block, onGiven }: GiveFormProps) {
  const { translate } = shopify.i18n;
  const [wanted, setWanted] = useState<GiveFromBlock | null>(null);
  const [said, setSaid] = useState<{ text: string; good: boolean } | null>(null);
  const [busy, setBusy] = useState(false);
  const set = (changed: Partial<GiveFromBlock>) =>
    setWanted((before) => ({ ...(before ?? EMPTY), ...changed }));
  const send = async () => {
    if (!wanted || busy) return;
    setBusy(true);
    const asked = await give(customer, wanted);
    setBusy(false);
    if (asked?.kind !== 'answered') {
      setSaid({ text: translate('unavailable'), good: false });
      return;
    }
    const good = asked.value.outcome === 'given';
    setSaid({ text: asked.value.said, good });
    if (good) {
      setWanted(null);
      await onGiven();
    }
  };
  return (
    <s-stack gap="base">
      {said ? <s-banner tone={said.good ? 'success' : 'warning'}>{said.text}</s-banner> : null}
      {wanted === null ? (
        <s-button onClick={() => set({})}>{translate('give.open')}</s-button>
      ) : (
        <s-stack gap="base">
          <s-select
            label={translate('give.kind')}
            value={wanted.kind}
            onChange={(event) => set({ kind: elementOf<'s-select'>(event).value as GiveFromBlock['kind'] })}
          >
            {Object.entries(KINDS).map(([kind, name]) => (
              <s-option key={kind} value={kind}>
                {translate(name)}
              </s-option>
            ))}
          </s-select>
          <s-text-field
            label={translate('give.amount', { currency: block.currency, left: block.leftInPurse })}
            value={wanted.amount}
            onChange={(event) => set({ amount: elementOf<'s-text-field'>(event).value })}
          />
          <s-text-area
            label={translate('give.note')}
            value={wanted.note}
            rows={3}
            onChange={(event) => set({ note: elementOf<'s-text-area'>(event).value })}
          />
          <s-checkbox
            label={translate('give.about')}
            checked={wanted.aboutProblem}
            onChange={(event) => set({ aboutProblem: elementOf<'s-checkbox'>(event).checked })}
          />
          <s-stack direction="inline" gap="small">
            <s-button variant="primary" loading={busy} onClick={() => void send()}>
              {translate('give.send')}
            </s-button>
            <s-button disabled={busy} onClick={() => setWanted(null)}>
              {translate('give.cancel')}
            </s-button>
          </s-stack>
        </s-stack>
      )}
    </s-stack>
  );
}
