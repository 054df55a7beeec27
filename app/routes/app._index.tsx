import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { BlockStack, Box, Card, InlineGrid, Link, Page, Text } from '@shopify/polaris';
import { authenticateAdmin } from '../adapters/shopify/authenticate.server.ts';
import { now } from '../clock.server.ts';
import { endAlarm } from '../conversations/conversations.server.ts';
import { fieldsOf, idOrMissing, unknownIntent } from '../fields.server.ts';
import { changeOf, type Trend } from '../insights/figures.ts';
import { dismissSetup, homeOf } from '../insights/insights.server.ts';
import { finishTask } from '../sequences/sequences.server.ts';
import { retrySync } from '../shops/shops.server.ts';
import { AttentionList } from '../ui/AttentionList.tsx';
import { Figure } from '../ui/Figure.tsx';
import { money, score, whole } from '../ui/format.ts';
import { minutesInWords } from '../ui/inbox/paceWords.ts';
import { SetupGuide } from '../ui/SetupGuide.tsx';
import { StageBar } from '../ui/StageBar.tsx';
import { SyncBanner } from '../ui/SyncBanner.tsx';
import { app } from '../wiring.server.ts';

export async function loader({ request }: LoaderFunctionArgs) {
  const { shop } = await authenticateAdmin(request);
  const home = await app().db.inShop(shop.id, (tx) => homeOf(tx, shop, now()));
  return { ...home, currency: shop.currency, name: shop.name, now: now().toISOString() };
}

export async function action({ request }: ActionFunctionArgs) {
  const { shop, userId } = await authenticateAdmin(request);
  const fields = await fieldsOf(request);
  switch (fields.text('intent')) {
    case 'dismiss-setup':
      await app().db.inShop(shop.id, (tx) => dismissSetup(tx, now()));
      return { ok: true };
    case 'retry-sync':
      await app().db.inShop(shop.id, (tx) => retrySync(app().queue, tx, shop.id, now()));
      return { ok: true };
    case 'task-done': {
      const enrollmentId = idOrMissing(fields.text('enrollment'), 'There is no such task');
      const task = { enrollmentId, stepKey: fields.text('step') };
      const done = await app().db.inShop(shop.id, (tx) => finishTask(tx, task, userId, now()));
      return { toast: done ? 'Done' : 'It was done already' };
    }
    case 'alarm-done': {
      const alarm = { id: idOrMissing(fields.text('id'), 'There is no such task'), by: `staff:${userId}` };
      const ended = await app().db.inShop(shop.id, (tx) => endAlarm(tx, shop.id, alarm, now()));
      return { toast: ended ? 'Done: asks about it go on' : 'It was done already' };
    }
    default:
      return unknownIntent();
  }
}

/** "12% up on the 30 days before" */
function comparison(trend: Trend, days: number): string {
  const change = changeOf(trend);
  if (change === null) return `none in the ${days} days before`;
  if (change === 0) return `the same as in the ${days} days before`;
  return `${Math.abs(change)}% ${change > 0 ? 'up on' : 'down on'} the ${days} days before`;
}

function scoreNote(
  { value, before }: { value: number | null; before: number | null },
  locale: string,
): string {
  if (value === null) return 'no scores yet';
  return before === null ? 'of 5, the first of them' : `of 5; ${score(before, locale)} the month before`;
}

/** "of working time in the middle; 9 of 10 as promised" */
function repliesNote({ answers, onTime }: { answers: number; onTime: number }, days: number): string {
  if (answers === 0) return `nobody was answered in the last ${days} days`;
  return `of working time in the middle; ${onTime} of ${answers} as promised`;
}

const LOCALE = 'en';

export default function Home() {
  const {
    figures,
    replies,
    attention,
    tasks,
    alarms,
    setup,
    sync,
    currency,
    now: at,
  } = useLoaderData<typeof loader>();
  const { days, stages, risen, fallen } = figures;
  const count = (people: number) => (people === 0 ? 'nobody' : whole(people, LOCALE));
  const movement = `In the last ${days} days ${count(risen)} came closer and ${count(fallen)} drifted away.`;
  return (
    <Page title="How are your relationships?">
      <BlockStack gap="400">
        <SyncBanner parts={sync} />
        <Card>
          <BlockStack gap="400">
            <BlockStack gap="100">
              <Text as="h2" variant="headingMd">
                Customers by how close they are
              </Text>
              <Text as="p" tone="subdued">
                {`${movement} `}
                <Link url="/app/stages">See how they moved</Link>
              </Text>
            </BlockStack>
            <StageBar counts={stages} locale={LOCALE} />
          </BlockStack>
        </Card>
        <Box paddingInline={{ xs: '400', sm: '0' }}>
          <Text as="h2" variant="headingMd">{`The last ${days} days`}</Text>
        </Box>
        <InlineGrid columns={{ xs: 1, sm: 2, lg: 4 }} gap="400">
          <Figure
            label="Answers"
            value={whole(figures.answers.value, LOCALE)}
            note={`${figures.score.value === null ? '' : `${score(figures.score.value, LOCALE)} `}${scoreNote(figures.score, LOCALE)}`}
            course={figures.answers.course}
            url={`/app/feedback?days=${days}`}
          />
          <Figure
            label="First answer"
            value={replies.p50 === null ? '–' : minutesInWords(replies.p50)}
            note={repliesNote(replies, days)}
            url="/app/conversations/figures"
          />
          <Figure
            label="Friends brought"
            value={whole(figures.friends.value, LOCALE)}
            note={`${money(figures.friendRevenue.value, currency, LOCALE)} spent; ${comparison(figures.friends, days)}`}
            course={figures.friends.course}
            url={`/app/referrals/orders?state=counted&days=${days}`}
          />
          <Figure
            label="Messages sent"
            value={whole(figures.messages.value, LOCALE)}
            note={`${whole(figures.asks.value, LOCALE)} asks, ${whole(figures.moved.value, LOCALE)} moved to a better moment`}
            course={figures.messages.course}
            url="/app/sequences/messages?what=sent"
          />
        </InlineGrid>
        <AttentionList attention={attention} tasks={tasks} alarms={alarms} now={at} />
        {setup.dismissed ? null : <SetupGuide setup={setup} />}
      </BlockStack>
    </Page>
  );
}
