import { Badge, BlockStack, Box, Button, InlineStack, Link, Text, TextField } from '@shopify/polaris';
import { useFetcher } from '@remix-run/react';
import { useState } from 'react';
import type { HoldReason, ReviewState } from '../reviews/review.ts';
import { ANSWER_MAX } from '../reviews/questions/question.ts';
import { moment } from './format.ts';
import { Moderation, STATE_NAMES, STATE_TONES } from './Moderation.tsx';
import { useSaved } from './useSaved.ts';
import { useToast } from './useToast.ts';

interface Kept {
  id: string;
  text: string | null;
  at: string | Date;
  name: string | null;
  state: ReviewState;
  reason: HoldReason | null;
  heldBy: string | null;
  dueAt: string | Date | null;
}

export interface ShownQuestion extends Kept {
  productId: string;
  product: string | null;
  customerId: string | null;
  customerName: string | null;
  isTold: boolean;
  answers: readonly (Kept & { by: 'merchant' | 'buyer'; customerId: string | null; mail: string })[];
}

interface QuestionCardItemProps {
  question: ShownQuestion;
  zone: string;
  now: string;
}

const MAILS: Record<string, string> = {
  waiting: 'a mail to whoever asked is on its way',
  sent: 'whoever asked was told by mail',
  refused: 'the mail to whoever asked could not be sent',
};

/** One question with its answers, its clock, and the field to answer it in public. */
export function QuestionCardItem({ question, zone, now }: QuestionCardItemProps) {
  const when = (at: string | Date) => moment(at, { locale: 'en', timeZone: zone, now });
  const { text, name, product, customerId, answers, state, isTold } = question;
  return (
    <Box paddingBlock="300" borderBlockEndWidth="025" borderColor="border-secondary">
      <BlockStack gap="200">
        <InlineStack align="space-between" gap="300" blockAlign="center">
          <InlineStack gap="200" blockAlign="center">
            <Text as="span" tone="subdued">
              {product ?? 'A product that is gone'}
            </Text>
            <Badge tone={STATE_TONES[state]}>{STATE_NAMES[state]}</Badge>
          </InlineStack>
          {customerId ? (
            <Link url={`/app/customers/${customerId}`} removeUnderline>
              {question.customerName ?? 'Customer'}
            </Link>
          ) : null}
        </InlineStack>
        <Text as="h3" variant="headingSm" breakWord>
          {text ?? 'Taken back by whoever asked'}
        </Text>
        <Text as="p" variant="bodySm" tone="subdued" breakWord>
          {[when(question.at), name ?? 'Nobody’s name', isTold ? 'wants to be told of the answer' : null]
            .filter(Boolean)
            .join(' · ')}
        </Text>
        <Moderation subject="question" item={question} now={now} />
        {answers.map((answer) => (
          <Box key={answer.id} paddingInlineStart="300" borderInlineStartWidth="050" borderColor="border">
            <BlockStack gap="100">
              <Text as="p" breakWord>
                {answer.text ?? 'Erased'}
              </Text>
              <Text as="p" variant="bodySm" tone="subdued">
                {[
                  answer.by === 'merchant' ? 'Your answer' : `${answer.name ?? 'Somebody'}, who bought it`,
                  when(answer.at),
                  answer.state === 'published' ? null : STATE_NAMES[answer.state].toLowerCase(),
                  MAILS[answer.mail],
                ]
                  .filter(Boolean)
                  .join(' · ')}
              </Text>
              <Moderation subject="answer" item={answer} now={now} />
            </BlockStack>
          </Box>
        ))}
        {text === null ? null : <AnswerField id={question.id} isFirst={answers.length === 0} />}
      </BlockStack>
    </Box>
  );
}

function AnswerField({ id, isFirst }: { id: string; isFirst: boolean }) {
  const fetcher = useFetcher<{ toast?: string; saved?: boolean }>();
  const [isOpen, setOpen] = useState(isFirst);
  const [text, setText] = useState('');
  useToast(fetcher.data?.toast);
  useSaved(fetcher.data, () => {
    setText('');
    setOpen(false);
  });
  if (!isOpen)
    return (
      <InlineStack>
        <Button size="slim" onClick={() => setOpen(true)}>
          Add an answer
        </Button>
      </InlineStack>
    );
  return (
    <BlockStack gap="200">
      <TextField
        label="Your answer, in public"
        value={text}
        onChange={setText}
        multiline={2}
        maxHeight={240}
        maxLength={ANSWER_MAX}
        autoComplete="off"
      />
      <InlineStack>
        <Button
          disabled={text.trim() === ''}
          loading={fetcher.state !== 'idle'}
          onClick={() => fetcher.submit({ intent: 'answer', id, text }, { method: 'post' })}
        >
          Answer
        </Button>
      </InlineStack>
    </BlockStack>
  );
}
