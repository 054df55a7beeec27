import { useFetcher } from '@remix-run/react';
import { BlockStack, Button, Icon, InlineStack, Text } from '@shopify/polaris';
import { AlertTriangleIcon, InfoIcon } from '@shopify/polaris-icons';
import { useEffect } from 'react';
import type { DraftOutcome, Hints } from '../wording/wording.server.ts';
import { hintSentence } from './hintWords.ts';

interface ReplyHintsProps {
  /** Null: a text is tried, to nobody. */
  conversationId: string | null;
  text: string;
  /** Takes an answer that is offered into the box; without it none are offered. */
  onTake?: (text: string) => void;
}

/** Typing is not interrupted: it is asked once the hands rest. */
const PAUSE_MS = 600;

/** Under the box in which an answer is written: what to think of, and what was answered before. */
export function ReplyHints({ conversationId, text, onTake }: ReplyHintsProps) {
  const { submit, data } = useFetcher<Hints>();
  useEffect(() => {
    const asked = setTimeout(
      () =>
        submit(
          { conversation: conversationId ?? '', text },
          { method: 'post', action: '/app/conversations/hints' },
        ),
      PAUSE_MS,
    );
    return () => clearTimeout(asked);
  }, [conversationId, text, submit]);
  const hints = text.trim() === '' ? [] : (data?.hints ?? []);
  const offered = onTake ? (data?.offered ?? []) : [];
  return (
    <BlockStack gap="200">
      <div role="status" aria-label="Hints">
        <BlockStack gap="100">
          {hints.map((hint) => (
            <InlineStack key={`${hint.code} ${hint.detail ?? ''}`} gap="150" wrap={false} blockAlign="start">
              <span>
                <Icon
                  source={hint.tone === 'careful' ? AlertTriangleIcon : InfoIcon}
                  tone={hint.tone === 'careful' ? 'caution' : 'subdued'}
                />
              </span>
              <Text as="span" variant="bodySm" tone={hint.tone === 'careful' ? 'caution' : 'subdued'}>
                {hintSentence(hint)}
              </Text>
            </InlineStack>
          ))}
        </BlockStack>
      </div>
      {onTake && conversationId && data?.drafts ? (
        <DraftButton conversationId={conversationId} onTake={onTake} />
      ) : null}
      {offered.map((one) => (
        <InlineStack key={one.text} gap="200" align="space-between" blockAlign="center" wrap={false}>
          <Text as="span" variant="bodySm" tone="subdued" truncate>
            {one.question ? `${one.question}: ${one.text}` : `Answered before: ${one.text}`}
          </Text>
          <Button
            size="micro"
            onClick={() => onTake?.(one.text)}
            accessibilityLabel={`Use: ${one.text.slice(0, 60)}`}
          >
            Use
          </Button>
        </InlineStack>
      ))}
    </BlockStack>
  );
}

/** Asks the merchant's own service; what it writes is put into the box, for a person to read and change. */
function DraftButton({ conversationId, onTake }: { conversationId: string; onTake: (text: string) => void }) {
  const { submit, state, data } = useFetcher<{ draft: DraftOutcome }>();
  const draft = data?.draft;
  useEffect(() => {
    if (draft?.outcome === 'draft') onTake(draft.text);
    // eslint-disable-next-line react-hooks/exhaustive-deps -- taken once for each draft, whoever takes it
  }, [draft]);
  const ask = () =>
    submit(
      { conversation: conversationId, intent: 'draft' },
      { method: 'post', action: '/app/conversations/hints' },
    );
  return (
    <InlineStack gap="200" blockAlign="center">
      <Button size="micro" loading={state !== 'idle'} onClick={ask}>
        Write a draft
      </Button>
      {draft && draft.outcome !== 'draft' ? (
        <Text as="span" variant="bodySm" tone="critical">
          The service did not answer. Try again, or write it yourself.
        </Text>
      ) : null}
    </InlineStack>
  );
}
