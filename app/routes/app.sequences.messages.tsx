import type { LoaderFunctionArgs } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { DataTable, Page } from '@shopify/polaris';
import { authenticateAdmin } from '../adapters/shopify/authenticate.server.ts';
import { now } from '../clock.server.ts';
import { queryOf } from '../fields.server.ts';
import { MESSAGE_FATES } from '../messages/message.ts';
import { listMessages } from '../messages/messages.server.ts';
import { textsBehind } from '../sequences/sequences.server.ts';
import { CustomerLink } from '../ui/CustomerLink.tsx';
import { moment } from '../ui/format.ts';
import { ListCard } from '../ui/ListCard.tsx';
import { messageInWords } from '../ui/messageWords.ts';
import { StateFilter } from '../ui/StateFilter.tsx';
import { useCsv } from '../ui/useCsv.ts';
import { app } from '../wiring.server.ts';

export async function loader({ request }: LoaderFunctionArgs) {
  const { shop } = await authenticateAdmin(request);
  const query = queryOf(request);
  const fate = MESSAGE_FATES.find((name) => name === query.get('what')) ?? null;
  return app().db.inShop(shop.id, async (tx) => {
    const { name, ...texts } = await textsBehind(tx, query.get('sequence'), now());
    const ask = { ...texts, shopId: shop.id, fate, after: query.get('after') };
    return {
      ...(await listMessages(tx, ask)),
      sequence: name,
      zone: shop.timeZone,
      now: now().toISOString(),
    };
  });
}

const FATES = [
  { label: 'All of them', value: '' },
  { label: 'Sent', value: 'sent' },
  { label: 'Opened', value: 'opened' },
  { label: 'Acted upon', value: 'acted' },
  { label: 'Moved to a better moment', value: 'moved' },
  { label: 'Left out', value: 'skipped' },
  { label: 'Did not arrive', value: 'failed' },
];

export default function Messages() {
  const { messages, next, sequence, zone, now: at } = useLoaderData<typeof loader>();
  const csv = useCsv('messages');
  const when = (date: string | Date | null) =>
    date ? moment(date, { locale: 'en', timeZone: zone, now: at }) : '–';
  return (
    <Page
      title={sequence ? `Messages of “${sequence}”` : 'Messages'}
      subtitle="Planned in the last 30 days, newest first."
      backAction={{ content: 'Sequences', url: '/app/sequences' }}
      secondaryActions={[csv]}
    >
      <ListCard
        next={next}
        empty={messages.length > 0 ? null : 'There is no such message in these 30 days.'}
        filters={<StateFilter name="what" label="Show" options={FATES} />}
      >
        <DataTable
          columnContentTypes={['text', 'text', 'text', 'text', 'text']}
          headings={['To', 'What', 'Planned', 'Sent', 'What became of it']}
          rows={messages.map((row) => {
            const { what, became } = messageInWords(row);
            return [
              <CustomerLink key={row.id} id={row.customerId} name={row.customerName} />,
              what,
              when(row.plannedAt),
              when(row.sentAt),
              became,
            ];
          })}
        />
      </ListCard>
    </Page>
  );
}
