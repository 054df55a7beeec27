import '@shopify/ui-extensions/preact';
import { render } from 'preact';
import { useCallback, useEffect, useState } from 'preact/hooks';
import type { CustomerBlock } from '../../../app/customer-block.ts';
import { askAbout, type Asked } from './ask.ts';
import { GiveForm } from './GiveForm.tsx';
import { Story } from './Story.tsx';

export default async () => {
  render(<Block />, document.body);
};

function Block() {
  const customer = shopify.data.selected[0]?.id ?? '';
  const { translate } = shopify.i18n;
  // Undefined while the app is asked.
  const [asked, setAsked] = useState<Asked<CustomerBlock> | undefined>();
  const load = useCallback(async () => setAsked(await askAbout(customer)), [customer]);
  useEffect(() => void load(), [load]);
  const block = asked?.kind === 'answered' ? asked.value : null;
  return (
    <s-admin-block heading={translate('heading')} collapsedSummary={block ? block.stage : ''}>
      {asked === undefined ? <s-spinner accessibilityLabel={translate('loading')} /> : null}
      {asked === null ? (
        <s-stack gap="base">
          <s-text>{translate('unavailable')}</s-text>
          <s-button
            onClick={() => {
              setAsked(undefined);
              void load();
            }}
          >
            {translate('again')}
          </s-button>
        </s-stack>
      ) : null}
      {asked?.kind === 'unknown' ? <s-text>{translate('unknown')}</s-text> : null}
      {block ? (
        <s-stack gap="base">
          <Story block={block} />
          <GiveForm customer={customer} block={block} onGiven={load} />
        </s-stack>
      ) : null}
    </s-admin-block>
  );
}
