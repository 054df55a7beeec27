import { useFetcher } from '@remix-run/react';
import {
  Badge,
  BlockStack,
  Button,
  ButtonGroup,
  Card,
  InlineStack,
  Link,
  Select,
  Tag,
  Text,
} from '@shopify/polaris';
import { ArrowLeftIcon, XSmallIcon } from '@shopify/polaris-icons';
import { useState } from 'react';
import { relative } from '../format.ts';
import { useToast } from '../useToast.ts';
import { EntryItem, type ShownEntry } from './EntryItem.tsx';
import { personName, type Person, type ThreadView } from './inboxView.ts';
import { KIND_LABELS } from './inboxWords.ts';
import { Sleep } from './Sleep.tsx';
import { ReplyBox } from './ReplyBox.tsx';

type Dated = 'awaitingSince' | 'replyDueAt' | 'resolutionDueAt' | 'repliedAt' | 'snoozedUntil';
/** As the browser gets it: dates are texts. */
export type ShownThread = Omit<ThreadView, Dated | 'entries' | 'others'> &
  Record<Dated, string | Date | null> & {
    entries: ShownEntry[];
    others: { id: string; preview: string; state: string; heardAt: string | Date }[];
  };

interface ThreadPaneProps {
  thread: ShownThread;
  people: readonly Person[];
  tags: readonly { code: string; name: string }[];
  macros: readonly { name: string; text: string }[];
  zone: string;
  now: string;
  backUrl: string;
}

/** One conversation: what was said and done, and the answer to it. */
export function ThreadPane({ thread, people, tags, macros, zone, now, backUrl }: ThreadPaneProps) {
  const fetcher = useFetcher<{ toast?: string; refused?: string }>();
  useToast(fetcher.data?.toast ?? fetcher.data?.refused);
  const [parting, setParting] = useState<ReadonlySet<string> | null>(null);
  const act = (intent: string, more: Record<string, string> = {}) =>
    fetcher.submit({ intent, ids: thread.id, ...more }, { method: 'post' });
  const again = (entry: string) =>
    fetcher.submit({ intent: 'again', id: thread.id, entry }, { method: 'post' });
  const who = thread.who ?? 'Somebody without a name';
  const choose = (id: string, on: boolean) => {
    const next = new Set(parting);
    if (on) next.add(id);
    else next.delete(id);
    setParting(next);
  };
  return (
    <Card>
      <BlockStack gap="400">
        <BlockStack gap="100">
          <div className="inbox-back">
            <Button url={backUrl} variant="tertiary" icon={ArrowLeftIcon}>
              All conversations
            </Button>
          </div>
          <InlineStack gap="200" blockAlign="center">
            <Text as="h2" variant="headingMd" breakWord>
              {thread.customerId ? <Link url={`/app/customers/${thread.customerId}`}>{who}</Link> : who}
            </Text>
            <Badge>{KIND_LABELS[thread.kind]}</Badge>
            {thread.state === 'solved' ? <Badge tone="success">Solved</Badge> : null}
            {thread.state === 'snoozed' && thread.snoozedUntil ? (
              <Badge>{`Asleep until ${relative(thread.snoozedUntil, now, 'en')}`}</Badge>
            ) : null}
          </InlineStack>
          <Text as="p" tone="subdued" breakWord>
            {aboutOf(thread, now)}
          </Text>
          {thread.kind === 'referral-complaint' ? (
            <Link url="/app/referrals/orders">Orders of friends, with what speaks against them</Link>
          ) : null}
          {thread.isAboutParcel ? <Link url="/app/parcels">Say where the parcel is</Link> : null}
        </BlockStack>
        <Subjects thread={thread} tags={tags} act={act} />
        <InlineStack gap="200" blockAlign="end">
          <Select
            id="assignee"
            label="Whose it is"
            options={[
              { label: 'Nobody’s', value: '' },
              ...people.flatMap(({ name, email }) => (email ? [{ label: name, value: email }] : [])),
            ].concat(
              thread.assignee && !people.some(({ email }) => email === thread.assignee)
                ? [{ label: thread.assignee, value: thread.assignee }]
                : [],
            )}
            value={thread.assignee ?? ''}
            onChange={(to) => act('assign', { to })}
          />
          <Sleep id="snooze" onSleep={(until) => act('snooze', until)} />
          {thread.state === 'solved' ? (
            <Button onClick={() => act('reopen')}>Take up again</Button>
          ) : (
            <Button loading={fetcher.state !== 'idle'} onClick={() => act('solve')}>
              Solved
            </Button>
          )}
        </InlineStack>
        <BlockStack gap="300">
          {thread.entries.map((entry) => (
            <EntryItem
              key={entry.id}
              entry={entry}
              who={who}
              people={people}
              zone={zone}
              now={now}
              chosen={parting && entry.kind !== 'happening' ? parting.has(entry.id) : null}
              onChoose={(on) => choose(entry.id, on)}
              onAgain={isUnsent(entry, thread) ? () => again(entry.id) : null}
            />
          ))}
        </BlockStack>
        {thread.entries.filter(({ kind }) => kind === 'voice').length > 1 ? (
          <InlineStack gap="200">
            <Button variant="plain" onClick={() => setParting(parting ? null : new Set())}>
              {parting ? 'Leave them together' : 'These are two matters'}
            </Button>
            {parting && parting.size > 0 ? (
              <Button
                onClick={() => {
                  act('split', { entries: [...parting].join(' ') });
                  setParting(null);
                }}
              >
                Part what is chosen
              </Button>
            ) : null}
          </InlineStack>
        ) : null}
        <ReplyBox
          key={thread.id}
          thread={thread}
          macros={macros}
          writing={personName(thread.writing, people)}
        />
      </BlockStack>
    </Card>
  );
}

/** The newest answer was refused, and nobody has given another one. */
const isUnsent = ({ kind, state, author, at }: ShownEntry, { awaitingSince, repliedAt }: ShownThread) =>
  kind === 'reply' &&
  state === 'refused' &&
  (author ?? '').startsWith('staff:') &&
  awaitingSince !== null &&
  (repliedAt === null || new Date(at) >= new Date(repliedAt));

function aboutOf(thread: ShownThread, now: string): string {
  const parts = [thread.order, thread.product, thread.subject].filter(Boolean);
  const sooner = thread.pace < 100 ? `, in ${thread.pace} % of the usual time: first in line` : '';
  if (thread.replyDueAt) parts.push(`answer promised ${relative(thread.replyDueAt, now, 'en')}${sooner}`);
  if (thread.resolutionDueAt) parts.push(`solution promised ${relative(thread.resolutionDueAt, now, 'en')}`);
  if (thread.helpScore) parts.push(`it helped ${thread.helpScore} of 5`);
  return parts.join(' · ');
}

interface SubjectsProps {
  thread: ShownThread;
  tags: readonly { code: string; name: string }[];
  act: (intent: string, more?: Record<string, string>) => void;
}

/** What it is about: the shop's own subjects, those that rules suggest to be agreed to. */
function Subjects({ thread, tags, act }: SubjectsProps) {
  const put = new Set(thread.tags.filter(({ suggested }) => !suggested).map(({ code }) => code));
  return (
    <InlineStack gap="200" blockAlign="center">
      {thread.tags
        .filter(({ suggested }) => !suggested)
        .map(({ code, name }) => (
          <Tag key={code} onRemove={() => act('untag', { tag: code })}>
            {name}
          </Tag>
        ))}
      {thread.tags
        .filter(({ suggested }) => suggested)
        .map(({ code, name }) => (
          <ButtonGroup key={code} variant="segmented">
            <Button size="slim" onClick={() => act('tag', { tag: code })}>
              {`About ${name.toLowerCase()}?`}
            </Button>
            <Button
              size="slim"
              icon={XSmallIcon}
              accessibilityLabel={`Not about ${name.toLowerCase()}`}
              onClick={() => act('untag', { tag: code })}
            />
          </ButtonGroup>
        ))}
      <Select
        id="tag"
        label="About"
        labelInline
        options={[
          { label: 'Add a subject', value: '' },
          ...tags
            .filter(({ code }) => !put.has(code))
            .map(({ code, name }) => ({ label: name, value: code })),
        ]}
        value=""
        onChange={(tag) => tag && act('tag', { tag })}
      />
    </InlineStack>
  );
}
