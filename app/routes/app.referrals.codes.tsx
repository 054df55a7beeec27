import type { LoaderFunctionArgs } from '@remix-run/node';
import { useLoaderData, useNavigation } from '@remix-run/react';
import { DataTable, InlineGrid, Page, Select, TextField } from '@shopify/polaris';
import { authenticateAdmin } from '../adapters/shopify/authenticate.server.ts';
import { now } from '../clock.server.ts';
import { queryOf } from '../fields.server.ts';
import { CODE_SIGHTINGS } from '../referrals/codes.ts';
import { daysIn } from '../referrals/days.ts';
import { listCodes, poolOf } from '../referrals/referrals.server.ts';
import { CustomerLink } from '../ui/CustomerLink.tsx';
import { moment, whole } from '../ui/format.ts';
import { ListCard } from '../ui/ListCard.tsx';
import { useCsv } from '../ui/useCsv.ts';
import { useTypedSearch } from '../ui/useTypedSearch.ts';
import { app } from '../wiring.server.ts';

export async function loader({ request }: LoaderFunctionArgs) {
  const { shop } = await authenticateAdmin(request);
  const query = queryOf(request);
  const { days, since } = daysIn(query, shop.timeZone, now());
  const seen = CODE_SIGHTINGS.find((name) => name === query.get('seen')) ?? null;
  const ask = {
    since,
    seen: since && seen,
    group: query.get('group') === 'pool' ? 'pool' : 'given',
    typed: query.get('q') ?? '',
    after: query.get('after'),
  } as const;
  return app().db.inShop(shop.id, async (tx) => ({
    ...(await listCodes(tx, shop.id, ask)),
    days,
    seen: ask.seen,
    pool: await poolOf(tx, shop.id),
    zone: shop.timeZone,
    now: now().toISOString(),
  }));
}

const STATES = {
  issued: 'works',
  free: 'nobody has it yet',
  minting: 'Shopify is making it',
  reserving: 'being made for them, they do not know of it yet',
  reserved: 'made for them, they do not know of it yet',
  revoked: 'taken away: its customer was erased, or never needed it',
};

const SIGHTINGS = {
  given: 'given',
  shown: 'that the block has shown',
  shared: 'that were copied or shared',
  visited: 'whose link was opened',
};

const EMPTY = {
  given: 'Nobody has a code yet. Customers get theirs after a good answer.',
  pool: 'The pool is empty. New codes are made in a minute.',
  then: 'There is no such code in that time.',
  typed: 'There is no code like that. Look for a whole one, as a customer has it.',
};

export default function Codes() {
  const { codes, next, pool, days, seen, zone, now: at } = useLoaderData<typeof loader>();
  const { text, type, set, params } = useTypedSearch('q');
  const isLooking = useNavigation().state === 'loading';
  const csv = useCsv('codes');
  const group = params.get('group') === 'pool' ? 'pool' : 'given';
  const isTyped = Boolean(params.get('q'));
  const waiting = pool.minting === 0 ? '' : `, ${whole(pool.minting, 'en')} on their way`;
  return (
    <Page
      title="Codes"
      subtitle={`${days ? `Only those ${SIGHTINGS[seen ?? 'given']} in the last ${days} days. ` : ''}${whole(pool.issued, 'en')} with customers, ${whole(pool.free, 'en')} ready for the next ones${waiting}.`}
      backAction={{ content: 'Referrals', url: '/app/referrals' }}
      secondaryActions={[csv]}
    >
      <ListCard
        next={next}
        zone={zone}
        empty={codes.length > 0 ? null : EMPTY[isTyped ? 'typed' : days ? 'then' : group]}
        filters={
          <InlineGrid columns={{ xs: 1, md: ['twoThirds', 'oneThird'] }} gap="200">
            <TextField
              label="Look up a code"
              labelHidden
              placeholder="A whole code, ANA-…"
              value={text}
              onChange={type}
              autoComplete="off"
              clearButton
              onClearButtonClick={() => type('')}
              loading={isLooking}
            />
            <Select
              label="Which codes"
              labelHidden
              options={[
                { label: 'Given to customers', value: '' },
                { label: 'In the pool', value: 'pool' },
              ]}
              value={params.get('group') ?? ''}
              onChange={(value) => set('group', value)}
            />
          </InlineGrid>
        }
      >
        <DataTable
          columnContentTypes={['text', 'text', 'text', 'text', 'numeric', 'numeric']}
          headings={['Code', 'Whose', 'State', 'Given', 'Links opened', 'Friends’ orders']}
          rows={codes.map((row) => [
            <span key="code" style={{ whiteSpace: 'nowrap' }}>
              {row.code}
            </span>,
            <CustomerLink key="who" id={row.customerId} name={row.customerName} />,
            STATES[row.state],
            row.issuedAt ? moment(row.issuedAt, { locale: 'en', timeZone: zone, now: at }) : '–',
            row.visits,
            row.orders,
          ])}
        />
      </ListCard>
    </Page>
  );
}
