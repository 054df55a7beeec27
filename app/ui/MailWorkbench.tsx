import { BlockStack, InlineGrid, useBreakpoints } from '@shopify/polaris';
import type { ReactNode } from 'react';
import type { TemplateText } from '../messages/blocks.ts';
import { BlockEditor } from './BlockEditor.tsx';
import { MailFacts } from './MailFacts.tsx';
import { MailPreview, type Reader } from './MailPreview.tsx';
import { SendTest } from './SendTest.tsx';
import { useShownMail, type ShownMail } from './useShownMail.ts';

interface MailWorkbenchProps {
  template: string;
  /** Class of the message, which decides what stands under it. */
  kind: string;
  locale: string;
  saved: { text: TemplateText; shown: ShownMail };
  text: TemplateText;
  onChange: (text: TemplateText) => void;
  person: Reader | null;
  onPerson: (id: string) => void;
  /** Where tests go. */
  email: string;
  /** Stands above the blocks. */
  children: ReactNode;
}

/** Stays in sight while a long mail is written. */
const BESIDE = {
  position: 'sticky',
  top: 'var(--p-space-400)',
  alignSelf: 'start',
  maxHeight: 'calc(100vh - var(--p-space-800))',
  overflowY: 'auto',
} as const;

/** Blocks on the left; on the right the mail as one customer sees it, what is to be said of it, and a test to oneself. */
export function MailWorkbench(props: MailWorkbenchProps) {
  const { template, kind, locale, saved, text, onChange, person, onPerson, email, children } = props;
  const { shown, isBehind } = useShownMail({ template, saved, text, locale, customer: person?.id ?? '' });
  const { lgUp } = useBreakpoints();
  return (
    <InlineGrid columns={{ xs: 1, lg: 2 }} gap="400">
      <BlockStack gap="400">
        {children}
        <BlockEditor text={text} checks={shown.checks} onChange={onChange} />
      </BlockStack>
      <div style={lgUp ? BESIDE : undefined}>
        <BlockStack gap="400">
          <MailPreview
            shown={shown}
            isBehind={isBehind}
            locale={locale}
            person={person}
            onPerson={onPerson}
          />
          <MailFacts shown={shown} text={text} kind={kind} />
          <SendTest template={template} kind={kind} locale={locale} text={text} email={email} />
        </BlockStack>
      </div>
    </InlineGrid>
  );
}
