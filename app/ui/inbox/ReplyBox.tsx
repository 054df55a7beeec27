import { useFetcher } from '@remix-run/react';
import {
  Banner,
  BlockStack,
  Button,
  ButtonGroup,
  InlineStack,
  Select,
  Text,
  TextField,
} from '@shopify/polaris';
import { useRef, useState } from 'react';
import { ReplyHints } from '../ReplyHints.tsx';
import { useSaved } from '../useSaved.ts';
import { useToast } from '../useToast.ts';
import { CHANNEL_LABELS } from './inboxWords.ts';
import type { ThreadView } from './inboxView.ts';

export interface ReplyOutcome {
  toast?: string;
  saved?: boolean;
  /** Why it could not be given. */
  refused?: string;
  /** Somebody else has answered: it may be sent all the same. */
  again?: boolean;
}

interface ReplyBoxProps {
  thread: Pick<ThreadView, 'id' | 'channel' | 'writing'> & {
    repliedAt: string | Date | null;
    to: { address: string | null; isErased: boolean };
  };
  macros: readonly { name: string; text: string }[];
  /** Name of whoever is writing, besides oneself. */
  writing: string | null;
}

/** Milliseconds between two words that somebody is writing. */
const TELL_EVERY = 10_000;

/** The answer: written, from a macro, or a note that nobody outside sees. */
export function ReplyBox({ thread, macros, writing }: ReplyBoxProps) {
  const fetcher = useFetcher<ReplyOutcome>();
  const teller = useFetcher();
  const [text, setText] = useState('');
  const told = useRef(0);
  const outcome = fetcher.data;
  useToast(outcome?.toast);
  useSaved(outcome, () => setText(''));
  const busy = fetcher.state !== 'idle';
  const send = (intent: string, more: Record<string, string> = {}) =>
    fetcher.submit(
      {
        intent,
        id: thread.id,
        text,
        seen: thread.repliedAt ? new Date(thread.repliedAt).toISOString() : '',
        ...more,
      },
      { method: 'post' },
    );
  const type = (value: string) => {
    setText(value);
    if (Date.now() - told.current < TELL_EVERY) return;
    told.current = Date.now();
    teller.submit({ intent: 'writing', id: thread.id }, { method: 'post' });
  };
  const where = CHANNEL_LABELS[thread.channel];
  const cannot = thread.to.isErased
    ? 'This customer has been erased: nobody can be written to any more.'
    : null;
  return (
    <BlockStack gap="200">
      {writing ? <Banner tone="warning">{`${writing} is writing an answer at this moment.`}</Banner> : null}
      {outcome?.refused ? (
        <Banner tone="critical">
          <InlineStack gap="200" blockAlign="center">
            <span>{outcome.refused}</span>
            {outcome.again ? (
              <Button loading={busy} onClick={() => send('reply', { anyway: '1' })}>
                Send all the same
              </Button>
            ) : null}
          </InlineStack>
        </Banner>
      ) : null}
      <TextField
        id="reply"
        label={`Answer ${where}${thread.to.address ? ` to ${thread.to.address}` : ''}`}
        helpText={cannot}
        value={text}
        onChange={type}
        multiline={4}
        maxHeight={320}
        maxLength={20_000}
        autoComplete="off"
      />
      <ReplyHints conversationId={thread.id} text={text} onTake={type} />
      {macros.length > 0 ? (
        <Select
          label="Begin with"
          labelInline
          options={[
            { label: 'A text of yours', value: '' },
            ...macros.map(({ name }, index) => ({ label: name, value: String(index) })),
          ]}
          value=""
          onChange={(index) =>
            type(
              text ? `${text}\n\n${macros[Number(index)]?.text ?? ''}` : (macros[Number(index)]?.text ?? ''),
            )
          }
        />
      ) : null}
      <InlineStack gap="200" align="space-between" blockAlign="center">
        <ButtonGroup>
          <Button
            id="answer-and-solve"
            variant="primary"
            loading={busy}
            disabled={text.trim() === '' || cannot !== null}
            onClick={() => send('reply', { solve: '1' })}
          >
            Answer and solve
          </Button>
          <Button disabled={busy || text.trim() === '' || cannot !== null} onClick={() => send('reply')}>
            Answer
          </Button>
          <Button
            id="keep-note"
            variant="tertiary"
            disabled={busy || text.trim() === ''}
            onClick={() => send('note')}
          >
            Keep as a note
          </Button>
        </ButtonGroup>
        <Text as="span" variant="bodySm" tone="subdued">
          {text.length > 0 ? `${[...text].length} characters` : ''}
        </Text>
      </InlineStack>
    </BlockStack>
  );
}
