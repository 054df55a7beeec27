import { BlockStack, Button, InlineStack, Select, Text } from '@shopify/polaris';
import { useFetcher } from '@remix-run/react';
import { useState } from 'react';
import type { HoldReason } from '../reviews/review.ts';
import { relative } from './format.ts';
import { ACTION_SENTENCES, HOLD_WORDS, REASON_OPTIONS } from './reviewWords.ts';
import { useToast } from './useToast.ts';

export const STATE_TONES = { published: 'success', held: 'attention', hidden: 'critical' } as const;
export const STATE_NAMES = { published: 'Shown', held: 'Held', hidden: 'Hidden' } as const;

interface Moderable {
  id: string;
  state: string;
  reason: HoldReason | null;
  heldBy: string | null;
  dueAt: string | Date | null;
}

interface ModerationProps {
  subject: 'review' | 'question' | 'answer';
  item: Moderable;
  now: string;
}

/** The clock, and the two things that can be done before it runs out. */
export function Moderation({ subject, item, now }: ModerationProps) {
  const fetcher = useFetcher<{ toast?: string }>();
  const [isHiding, setHiding] = useState(false);
  const [reason, setReason] = useState<string>(item.reason ?? '');
  useToast(fetcher.data?.toast);
  const busy = fetcher.state !== 'idle';
  const say = (intent: string, more: Record<string, string> = {}) => {
    setHiding(false);
    fetcher.submit({ intent, subject, id: item.id, ...more }, { method: 'post' });
  };
  const why = item.reason === null ? null : HOLD_WORDS[item.reason];
  const clock = item.dueAt ? relative(item.dueAt, now, 'en') : null;
  return (
    <BlockStack gap="150">
      {item.state === 'held' && why ? (
        <Text as="p" tone="caution">
          {`${item.heldBy === 'rule' ? 'Held by a rule' : 'Hidden before, and changed since'}: ${why}. Published ${clock ?? 'soon'} unless you decide.`}
        </Text>
      ) : null}
      {item.state === 'hidden' && why ? <Text as="p" tone="subdued">{`Taken down: ${why}.`}</Text> : null}
      {isHiding ? (
        <BlockStack gap="150">
          <Select
            label="Why it may not be shown"
            helpText={ACTION_SENTENCES.hide}
            options={REASON_OPTIONS}
            placeholder="Choose a reason"
            value={reason}
            onChange={setReason}
          />
          <InlineStack gap="200">
            <Button tone="critical" disabled={reason === '' || busy} onClick={() => say('hide', { reason })}>
              Hide it
            </Button>
            <Button onClick={() => setHiding(false)}>Leave it</Button>
          </InlineStack>
        </BlockStack>
      ) : (
        <InlineStack gap="200">
          {item.state === 'published' ? null : (
            <Button size="slim" loading={busy} onClick={() => say('publish')}>
              Publish now
            </Button>
          )}
          {item.state === 'hidden' ? null : (
            <Button size="slim" disabled={busy} onClick={() => setHiding(true)}>
              Hide…
            </Button>
          )}
        </InlineStack>
      )}
    </BlockStack>
  );
}
