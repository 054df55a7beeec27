import '@shopify/ui-extensions/preact';
import { render } from 'preact';
import { askAbout } from './ask.ts';
import { GiveForm } from './GiveForm.tsx';
import { Story } from './Story.tsx';
import { useAsked } from './useAsked.tsx';

export default async () => {
  render(<Block />, document.body);
};

function Block() {
  const { translate } = shopify.i18n;
  const { subject: customer, asked, load, pending } = useAsked(askAbout);
  const block = asked?.kind === 'answered' ? asked.value : null;
  return (
    <s-admin-block heading={translate('heading')} collapsedSummary={block ? block.stage : ''}>
      {pending}
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
