import type { LoaderFunctionArgs } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { BlockStack, Card, Page, Text } from '@shopify/polaris';
import { authenticateAdmin } from '../adapters/shopify/authenticate.server.ts';
import { now } from '../clock.server.ts';
import { inboxSettings, replyFigures } from '../conversations/conversations.server.ts';
import { CLOCKS } from '../conversations/matters.ts';
import type { Worth } from '../conversations/worth.ts';
import { queryOf } from '../fields.server.ts';
import { REPORT_DAYS, reportDays } from '../sequences/report-days.ts';
import { CLOCK_LABELS } from '../ui/inbox/inboxWords.ts';
import { personName, withStaff } from '../ui/inbox/inboxView.ts';
import { PaceTable } from '../ui/inbox/PaceTable.tsx';
import { minutesInWords } from '../ui/inbox/paceWords.ts';
import { StateFilter } from '../ui/StateFilter.tsx';
import { countOf } from '../ui/reviewWords.ts';
import { useCsv } from '../ui/useCsv.ts';
import { staffById } from '../shops/shops.server.ts';
import { app } from '../wiring.server.ts';
import { sinceDays } from '../zones.ts';

export async function loader({ request }: LoaderFunctionArgs) {
  const { shop } = await authenticateAdmin(request);
  const since = sinceDays(reportDays(queryOf(request).get('days')), shop.timeZone, now());
  return app().db.inShop(shop.id, async (tx) => {
    const { people, targets } = await inboxSettings(tx);
    return {
      figures: await replyFigures(tx, { since, timeZone: shop.timeZone }),
      people: withStaff(people, await staffById(tx)),
      targets,
    };
  });
}

const PERIODS = REPORT_DAYS.map((days) => ({
  label: `The last ${days} days`,
  value: days === 30 ? '' : String(days),
}));

export default function ReplyFigures() {
  const { figures, people, targets } = useLoaderData<typeof loader>();
  const csv = useCsv('reply-times');
  const { overall } = figures;
  const promises = CLOCKS.map(
    (clock) => `${CLOCK_LABELS[clock].toLowerCase()} ${minutesInWords(targets[clock].reply)}`,
  );
  return (
    <Page
      title="How fast are we?"
      backAction={{ content: 'Conversations', url: '/app/conversations' }}
      secondaryActions={[{ ...csv, disabled: overall === null }]}
    >
      <BlockStack gap="400">
        <Card>
          <BlockStack gap="200">
            <StateFilter name="days" label="Answers given in" options={PERIODS} />
            <Text as="p">
              {overall
                ? `${countOf(overall.answers, 'answer')}. Half of them within ${minutesInWords(overall.p50)} of working time, nine of ten within ${minutesInWords(overall.p90)}. ${Math.round((overall.late / overall.answers) * 100)} % came later than promised.`
                : 'Nobody has answered anybody in this time.'}
            </Text>
            <Text as="p" tone="subdued">
              {`You promise: ${promises.join(', ')}.`}
            </Text>
          </BlockStack>
        </Card>
        <PaceTable
          title="By person"
          of="Person"
          rows={figures.byPerson}
          nameOf={(group) => personName(group, people) ?? group}
        />
        <PaceTable
          title="By hour of the day"
          of="Answered at"
          rows={figures.byHour}
          nameOf={(group) => `${group}:00`}
        />
        <WorthCard worth={figures.worth} />
      </BlockStack>
    </Page>
  );
}

const percent = (share: number) => `${Math.round(share * 100)} %`;
const points = (share: number) => `${share > 0 ? '+' : ''}${Math.round(share * 100)}`;

/** What answering in time is worth here, or that nobody can say yet. */
function WorthCard({ worth }: { worth: Worth }) {
  return (
    <Card>
      <BlockStack gap="200">
        <Text as="h2" variant="headingMd">
          What is answering in time worth?
        </Text>
        {worth.enough ? (
          <>
            <Text as="p">
              {`Of customers who were answered in time ${percent(worth.inTime.again)} ordered again within 90 days, of those answered late ${percent(worth.late.again)}: a difference of ${points(worth.again.difference)} points, between ${points(worth.again.low)} and ${points(worth.again.high)}.`}
            </Text>
            <Text as="p">
              {worth.score
                ? `Asked whether it helped, they gave ${worth.inTime.score.toFixed(1)} and ${worth.late.score.toFixed(1)} of 5.`
                : 'Too few have said yet whether it helped.'}
            </Text>
            <Text as="p" tone="subdued">
              {worth.again.low <= 0 && worth.again.high >= 0
                ? 'The difference may be chance.'
                : 'Chance alone hardly makes such a difference; that it is the answer that does it, figures alone cannot say.'}
            </Text>
          </>
        ) : (
          <Text as="p" tone="subdued">
            {`Not enough data yet: ${worth.missing} more answered in time, or late, are needed to compare the two.`}
          </Text>
        )}
      </BlockStack>
    </Card>
  );
}
