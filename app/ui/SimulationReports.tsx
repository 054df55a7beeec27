import { BlockStack, DataTable, InlineGrid, Text } from '@shopify/polaris';
import type { Compared } from '../sequences/simulation.ts';
import type { Count, SimulationReport } from '../sequences/tally.ts';
import { whole } from './format.ts';
import { reasonInWords } from './reasonWords.ts';
import { busiestDay, SimulationChart } from './SimulationChart.tsx';

const figure = (value: number) => whole(value, 'en');

/** "45 min", "10 h", "3 days" */
function spanInWords(minutes: number): string {
  if (minutes < 90) return `${minutes} min`;
  return minutes < 48 * 60 ? `${Math.round(minutes / 60)} h` : `${Math.round(minutes / 1440)} days`;
}

const spanOf = (count: number, minutes: number) => (count === 0 ? '–' : spanInWords(minutes));

/** What each line of the comparison says of a report. */
const LINES: readonly [string, (report: SimulationReport) => string][] = [
  ['Came in', ({ enrolled }) => figure(enrolled)],
  ['Messages sent', ({ messages }) => figure(messages.sent)],
  ['Not sent', ({ messages }) => figure(messages.skipped.reduce((sum, { count }) => sum + count, 0))],
  ['Messages that wait at the end', ({ messages }) => figure(messages.waiting)],
  ['Still inside at the end', ({ inside }) => figure(inside)],
  ['Customers who get two within 24 hours', ({ twoWithinADay }) => figure(twoWithinADay)],
  ['Due in their night, moved out of it', ({ night }) => figure(night.due)],
  ['Sent in their night', ({ night }) => figure(night.sent)],
  ['Asks and offers moved', ({ moved }) => `${figure(moved.count)} of ${figure(moved.of)}`],
  ['Half of them by at most', ({ moved }) => spanOf(moved.count, moved.medianMinutes)],
  ['Nine of ten of them by at most', ({ moved }) => spanOf(moved.count, moved.p90Minutes)],
];

/** What is taken for granted, because nobody kept it. */
const ASSUMED: Record<Compared['assumes'][number], string> = {
  'opened-mails': ' Nobody knows who would have opened these mails: here nobody did.',
  tags: ' Tags and segments of then are not kept: those of today count, and a tag that was added began nothing.',
  history: ' Which sequences they had been inside by then is not looked at: here it was none.',
};

/** A report beside the one of what is live, on the same orders. */
export function SimulationReports({ compared: { draft, live, assumes } }: { compared: Compared }) {
  if (draft.customers === 0)
    return <Text as="p">There were no orders in the last 90 days, so there is nothing to try it on.</Text>;
  const most = Math.max(busiestDay(draft), live ? busiestDay(live) : 0);
  const names = Object.fromEntries(
    [...draft.steps, ...(live?.steps ?? [])].map(({ step, template }) => [
      step,
      template.replaceAll('-', ' '),
    ]),
  );
  return (
    <BlockStack gap="400">
      <InlineGrid columns={{ xs: 1, md: live ? 2 : 1 }} gap="400">
        <SimulationChart title="This plan" report={draft} most={most} names={names} />
        {live ? <SimulationChart title="What is live" report={live} most={most} names={names} /> : null}
      </InlineGrid>
      <DataTable
        columnContentTypes={['text', 'numeric', ...(live ? (['numeric'] as const) : [])]}
        headings={['', 'This plan', ...(live ? ['Live'] : [])]}
        rows={LINES.map(([name, say]) => [name, say(draft), ...(live ? [say(live)] : [])])}
        increasedTableDensity
      />
      <InlineGrid columns={{ xs: 1, md: 3 }} gap="400">
        <Reasons title="Why messages were not sent" counts={draft.messages.skipped} />
        <Reasons title="Why they were moved" counts={draft.moved.because} />
        <Reasons title="How it ended" counts={draft.ended} />
      </InlineGrid>
      <Text as="p" tone="subdued">
        {`Over ${figure(draft.customers)} customers with an order in that time, each with your rhythm, their consent and their clock, and with what your other sequences really sent them. How close a customer was then is not kept: how close they are now counts.`}
        {assumes.map((assumed) => ASSUMED[assumed]).join('')}
      </Text>
    </BlockStack>
  );
}

function Reasons({ title, counts }: { title: string; counts: readonly Count[] }) {
  if (counts.length === 0) return null;
  return (
    <BlockStack gap="100">
      <Text as="h3" variant="headingSm">
        {title}
      </Text>
      {counts.slice(0, 6).map(({ code, count }) => (
        <Text as="p" key={code}>{`${figure(count)} × ${reasonOf(code)}`}</Text>
      ))}
    </BlockStack>
  );
}

/** Reasons that are told otherwise of many than of one. */
const OF_MANY: Record<string, string> = {
  done: 'went through to the end',
  night: 'it was night where they live',
};
const reasonOf = (code: string) => OF_MANY[code] ?? reasonInWords({ code });
