import { BlockStack, Card, InlineStack, Link, Text } from '@shopify/polaris';
import { AlarmTasks, type AlarmTask } from './AlarmTasks.tsx';
import { TaskList, type Tasks } from './TaskList.tsx';

export interface AttentionItem {
  kind: keyof typeof SENTENCES;
  count: number;
  survey: string | null;
  conversation?: string;
}

const s = (count: number, one: string, many: string) => (count === 1 ? `One ${one}` : `${count} ${many}`);

/** What needs the merchant, and where it is dealt with. */
const SENTENCES = {
  'late-conversations': {
    say: (n: number) =>
      `${s(n, 'customer waits longer', 'customers wait longer')} for an answer than you promise`,
    url: '/app/conversations?view=late',
  },
  'unsent-answers': {
    say: (n: number) =>
      `${s(n, 'answer of yours did not go out: its customer still waits', 'answers of yours did not go out: their customers still wait')}`,
    url: '/app/conversations?view=open',
  },
  'waiting-answers': {
    say: (n: number) =>
      `${s(n, 'answer of yours waits', 'answers of yours wait')}: the other side does not answer. Nothing is lost: what waits goes out as soon as it does`,
    url: '/app/conversations?view=all',
  },
  'accounts-locked-out': {
    say: (n: number) =>
      `${s(n, 'account of yours on Mastodon has', 'accounts of yours on Mastodon have')} to be connected again: mentions are not read, and answers do not go out`,
    url: '/app/settings?section=channels',
  },
  'accounts-away': {
    say: (n: number) =>
      `${s(n, 'account of yours on Mastodon cannot be read', 'accounts of yours on Mastodon cannot be read')}: its server does not answer. Nothing is lost: mentions come in as soon as it does`,
    url: '/app/settings?section=channels',
  },
  'held-reviews': {
    say: (n: number) =>
      `${s(n, 'review is held until you decide, and shown by itself when its time is up', 'reviews are held until you decide, and shown by themselves when their time is up')}`,
    url: '/app/reviews?state=held',
  },
  'held-questions': {
    say: (n: number) =>
      `${s(n, 'question or answer about a product is held until you decide, and shown by itself when its time is up', 'questions and answers about products are held until you decide, and shown by themselves when their time is up')}`,
    url: '/app/questions?show=held',
  },
  'missing-parcels': {
    say: (n: number) =>
      `${s(n, 'parcel is missed by its customer', 'parcels are missed by their customers')}`,
    url: '/app/parcels',
  },
  'held-referrals': {
    say: (n: number) => `${s(n, 'referral waits', 'referrals wait')} for your yes or no`,
    url: '/app/referrals/orders?state=held',
  },
  'failed-rewards': {
    say: (n: number) => `${s(n, 'reward', 'rewards')} could not be given yet`,
    url: '/app/referrals/rewards?state=stuck',
  },
  'reward-differences': {
    say: (n: number) => `${s(n, 'reward differs', 'rewards differ')} from what Shopify has`,
    url: '/app/referrals/rewards/differences',
  },
  'poor-answers': {
    say: (n: number) => `${s(n, 'customer was', 'customers were')} not happy and said why`,
    url: '/app/feedback?days=30&score=1-2-words',
  },
  'dead-letters': {
    say: (n: number) => `${s(n, 'notice', 'notices')} from Shopify could not be read`,
    url: '/app/settings?section=data',
  },
  'stuck-messages': {
    say: (n: number) =>
      `${s(n, 'message waits', 'messages wait')}: the mail server does not answer. Nothing is lost: what waits goes out as soon as it does`,
    url: '/app/sequences/messages?what=stuck',
  },
  'failed-messages': {
    say: (n: number) => `${s(n, 'message', 'messages')} did not reach their customer`,
    url: '/app/sequences/messages?what=failed',
  },
  'sequences-in-trouble': {
    say: (n: number) =>
      `${s(n, 'sequence goes', 'sequences go')} by something that Shopify does not tell us any more`,
    url: '/app/sequences',
  },
  'failed-deeds': {
    say: (n: number) => `${s(n, 'step', 'steps')} of sequences could not be done`,
    url: '/app/sequences/failed',
  },
  'sync-failed': {
    say: (n: number) => `${s(n, 'part', 'parts')} of your shop could not be fetched from Shopify`,
    url: '/app/settings?section=data',
  },
} as const;

interface AttentionListProps {
  attention: readonly AttentionItem[];
  tasks: Tasks;
  alarms: readonly AlarmTask[];
  now: string;
}

export function AttentionList({ attention, tasks, alarms, now }: AttentionListProps) {
  return (
    <Card>
      <BlockStack gap="300">
        <Text as="h2" variant="headingMd">
          Needs you
        </Text>
        {attention.length + tasks.count + alarms.length === 0 ? (
          <Text as="p" tone="subdued">
            Nothing at the moment. Everybody has been answered.
          </Text>
        ) : (
          attention.map(({ kind, count, survey, conversation }) => (
            <InlineStack
              key={`${kind} ${survey}`}
              align="space-between"
              blockAlign="center"
              wrap={false}
              gap="400"
            >
              <Text as="p">{SENTENCES[kind].say(count)}</Text>
              <div style={{ flexShrink: 0 }}>
                <Link
                  url={`${SENTENCES[kind].url}${survey ? `&survey=${survey}` : ''}${conversation ? `&open=${conversation}` : ''}`}
                  removeUnderline
                  accessibilityLabel={`Look at it: ${SENTENCES[kind].say(count)}`}
                >
                  Look at it
                </Link>
              </div>
            </InlineStack>
          ))
        )}
        <AlarmTasks alarms={alarms} now={now} />
        <TaskList tasks={tasks} now={now} named />
      </BlockStack>
    </Card>
  );
}
