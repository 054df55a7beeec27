import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node';
import { useFetcher, useLoaderData } from '@remix-run/react';
import { Button, DataTable, Page } from '@shopify/polaris';
import { authenticateAdmin } from '../adapters/shopify/authenticate.server.ts';
import { now } from '../clock.server.ts';
import { fieldsOf, idOrMissing, queryOf, unknownIntent } from '../fields.server.ts';
import { MESSAGE_FATES } from '../messages/message.ts';
import { listMessages, retryMessages } from '../messages/messages.server.ts';
import { reportDays } from '../sequences/report-days.ts';
import { listLeftOut, nameOfSequence } from '../sequences/sequences.server.ts';
import { CustomerLink } from '../ui/CustomerLink.tsx';
import { moment } from '../ui/format.ts';
import { ListCard } from '../ui/ListCard.tsx';
import { messageInWords } from '../ui/messageWords.ts';
import { whyInWords } from '../ui/reasonWords.ts';
import { StateFilter } from '../ui/StateFilter.tsx';
import { useCsv } from '../ui/useCsv.ts';
import { useToast } from '../ui/useToast.ts';
import { app } from '../wiring.server.ts';
import { sinceDays } from '../zones.ts';

export async function loader({ request }: LoaderFunctionArgs) {
  const { shop } = await authenticateAdmin(request);
  const query = queryOf(request);
  const fate = MESSAGE_FATES.find((name) => name === query.get('what')) ?? null;
  const days = reportDays(query.get('days'));
  const [since, why, after] = [sinceDays(days, shop.timeZone, now()), query.get('why'), query.get('after')];
  const of = query.get('sequence');
  const shown = { days, why, zone: shop.timeZone, now: now().toISOString() };
  return app().db.inShop(shop.id, async (tx) => {
    if (query.get('what') === 'unwritten') {
      const { steps, next } = await listLeftOut(tx, { since, why, after });
      return { ...shown, steps, messages: [], next, sequence: null };
    }
    const sequence = of === null ? null : idOrMissing(of, 'There is no such sequence');
    const ask = { sequence, since, why, shopId: shop.id, fate, after };
    const name = sequence && (await nameOfSequence(tx, sequence));
    return { ...shown, ...(await listMessages(tx, ask)), steps: [], sequence: name };
  });
}

export async function action({ request }: ActionFunctionArgs) {
  const { shop } = await authenticateAdmin(request);
  const fields = await fieldsOf(request);
  if (fields.text('intent') !== 'again') unknownIntent();
  const id = fields.text('message');
  const since = sinceDays(reportDays(fields.text('days')), shop.timeZone, now());
  const which = id ? { id: idOrMissing(id, 'There is no such message'), since } : { since };
  const count = await app().db.inShop(shop.id, (tx) => retryMessages(tx, which, now()));
  if (count === 0) return { toast: 'It is dealt with already' };
  return { toast: count === 1 ? 'Trying it again' : `Trying ${count} again` };
}

const TO_SEQUENCES = { content: 'Sequences', url: '/app/sequences' };
const TO_REPORT = { content: 'Why did mails not go?', url: '/app/sequences/not-sent' };

const FATES = [
  { label: 'All of them', value: '' },
  { label: 'Sent', value: 'sent' },
  { label: 'Opened', value: 'opened' },
  { label: 'Acted upon', value: 'acted' },
  { label: 'Moved to a better moment', value: 'moved' },
  { label: 'Left out', value: 'skipped' },
  { label: 'Left out before there was a mail', value: 'unwritten' },
  { label: 'Waiting for the mail server', value: 'stuck' },
  { label: 'Did not arrive', value: 'failed' },
];

export default function Messages() {
  const { messages, steps, next, sequence, why, days, zone, now: at } = useLoaderData<typeof loader>();
  const csv = useCsv('messages');
  const when = (date: string | Date | null) =>
    date ? moment(date, { locale: 'en', timeZone: zone, now: at }) : '–';
  const leftOut = (row: (typeof steps)[number]) => [
    <CustomerLink key={row.id} id={row.customerId} name={row.customerName} />,
    row.sequence,
    when(row.at),
    '–',
    `left out: ${whyInWords(row.why)}`,
    '',
  ];
  const fetcher = useFetcher<{ toast?: string }>();
  useToast(fetcher.data?.toast);
  const busy = fetcher.state !== 'idle';
  const again = (of: Record<string, string>) =>
    fetcher.submit(
      { intent: 'again', days: String(days), ...of },
      { method: 'post', action: '/app/sequences/messages' },
    );
  const refused = messages.filter(({ state }) => state === 'failed');
  return (
    <Page
      title={sequence ? `Messages of “${sequence}”` : 'Messages'}
      subtitle={`Planned in the last ${days} days, newest first.${why ? ` Only where ${whyInWords(why)}.` : ''}`}
      backAction={why ? TO_REPORT : TO_SEQUENCES}
      secondaryActions={[csv]}
      {...(refused.length > 1 &&
        refused.length === messages.length &&
        !sequence && {
          primaryAction: { content: 'Try all of them again', loading: busy, onAction: () => again({}) },
        })}
    >
      <ListCard
        next={next}
        zone={zone}
        empty={messages.length + steps.length > 0 ? null : `There is no such message in these ${days} days.`}
        filters={<StateFilter name="what" label="Show" options={FATES} />}
      >
        <DataTable
          columnContentTypes={['text', 'text', 'text', 'text', 'text', 'text']}
          headings={['To', 'What', 'Planned', 'Sent', 'What became of it', '']}
          rows={[
            ...steps.map(leftOut),
            ...messages.map((row) => {
              const { what, became } = messageInWords(row);
              return [
                <CustomerLink key={row.id} id={row.customerId} name={row.customerName} />,
                what,
                when(row.plannedAt),
                when(row.sentAt),
                became,
                row.state === 'failed' ? (
                  <Button
                    key={`again ${row.id}`}
                    size="slim"
                    disabled={busy}
                    onClick={() => again({ message: row.id })}
                  >
                    Try again
                  </Button>
                ) : (
                  ''
                ),
              ];
            }),
          ]}
        />
      </ListCard>
    </Page>
  );
}
