import { useCallback, useEffect, useState } from 'preact/hooks';
import type { Asked } from './ask.ts';

/** What the app says of the page's subject, and how the block looks until it has said it. */
export function useAsked<Answer>(ask: (subject: string) => Promise<Asked<Answer>>) {
  const subject = shopify.data.selected[0]?.id ?? '';
  const { translate } = shopify.i18n;
  // Undefined while the app is asked.
  const [asked, setAsked] = useState<Asked<Answer> | undefined>();
  const load = useCallback(async () => setAsked(await ask(subject)), [ask, subject]);
  useEffect(() => void load(), [load]);
  const again = () => {
    setAsked(undefined);
    void load();
  };
  const waiting = asked === undefined ? <s-spinner accessibilityLabel={translate('loading')} /> : null;
  const unanswered =
    asked === null ? (
      <s-stack gap="base">
        <s-text>{translate('unavailable')}</s-text>
        <s-button onClick={again}>{translate('again')}</s-button>
      </s-stack>
    ) : null;
  return { subject, asked, load, pending: waiting ?? unanswered };
}
