import type { LoaderFunctionArgs } from '@remix-run/node';
import { useLoaderData, useNavigation } from '@remix-run/react';
import {
  Card,
  EmptySearchResult,
  IndexTable,
  InlineGrid,
  Link,
  Page,
  Select,
  Text,
  TextField,
} from '@shopify/polaris';
import { authenticateAdmin } from '../adapters/shopify/authenticate.server.ts';
import { now } from '../clock.server.ts';
import { STAGES } from '../customers/customer.ts';
import { searchCustomers } from '../customers/customers.server.ts';
import { queryOf } from '../fields.server.ts';
import { FirstThings } from '../ui/FirstThings.tsx';
import { money, relative } from '../ui/format.ts';
import { StageDot } from '../ui/StageDot.tsx';
import { useTypedSearch } from '../ui/useTypedSearch.ts';
import { app } from '../wiring.server.ts';

const PAGE = 50;

export async function loader({ request }: LoaderFunctionArgs) {
  const { shop } = await authenticateAdmin(request);
  const query = queryOf(request);
  const stage = STAGES.find((name) => name === query.get('stage')) ?? null;
  const consent = query.get('consent') === 'email' ? 'email' : null;
  const text = query.get('q') ?? '';
  const country = /^[A-Z]{2}$/.test(query.get('country') ?? '') ? query.get('country') : null;
  const search = {
    shopId: shop.id,
    text,
    stage,
    consent,
    country,
    after: query.get('after'),
    limit: PAGE,
  } as const;
  const { customers, next } = await app().db.inShop(shop.id, (tx) => searchCustomers(tx, search));
  return {
    customers: customers.map(({ shopId: _shopId, totalSpent, ...row }) => ({
      ...row,
      totalSpent: String(totalSpent),
    })),
    next,
    filtered: Boolean(text || stage || consent || country),
    currency: shop.currency,
    now: now().toISOString(),
  };
}

const STAGE_OPTIONS = [
  { label: 'Every stage', value: '' },
  { label: 'Strangers', value: 'stranger' },
  { label: 'Acquaintances', value: 'acquaintance' },
  { label: 'Friends', value: 'friend' },
  { label: 'Family', value: 'family' },
];
const CONSENT_OPTIONS = [
  { label: 'With or without consent', value: '' },
  { label: 'May be written to by e-mail', value: 'email' },
];
const HEADINGS = ['Name', 'Stage', 'Orders', 'Spent', 'Last order', 'Last heard from', 'Score'] as const;

export default function Customers() {
  const { customers, next, filtered, currency, now: at } = useLoaderData<typeof loader>();
  const { text, type, set, turn, params } = useTypedSearch('q');
  const busy = useNavigation().state === 'loading';
  if (customers.length === 0 && !filtered) {
    return (
      <Page title="Customers">
        <FirstThings
          heading="Everybody who buys appears here"
          text="With the first order that comes in, its customer gets a page of their own: every order, parcel, mail, answer and reward in one story."
        />
      </Page>
    );
  }
  return (
    <Page title="Customers" fullWidth>
      <Card padding="0">
        <div style={{ padding: 'var(--p-space-300)' }}>
          <InlineGrid columns={{ xs: 1, md: ['twoThirds', 'oneThird'] }} gap="200">
            <TextField
              label="Search customers"
              labelHidden
              placeholder="Name, e-mail or phone"
              value={text}
              onChange={type}
              autoComplete="off"
              clearButton
              onClearButtonClick={() => type('')}
              loading={busy}
            />
            <InlineGrid columns={2} gap="200">
              <Select
                label="Stage"
                labelHidden
                options={STAGE_OPTIONS}
                value={params.get('stage') ?? ''}
                onChange={(value) => set('stage', value)}
              />
              <Select
                label="Consent"
                labelHidden
                options={CONSENT_OPTIONS}
                value={params.get('consent') ?? ''}
                onChange={(value) => set('consent', value)}
              />
            </InlineGrid>
          </InlineGrid>
        </div>
        <IndexTable
          resourceName={{ singular: 'customer', plural: 'customers' }}
          itemCount={customers.length}
          selectable={false}
          headings={HEADINGS.map((title) => ({ title })) as [{ title: string }]}
          emptyState={
            <EmptySearchResult
              title="Nobody like that"
              description="Try a part of the name or of the e-mail address."
              withIllustration
            />
          }
          pagination={{
            hasNext: next !== null,
            onNext: () => next && turn(next),
            hasPrevious: params.has('after'),
            onPrevious: () => history.back(),
          }}
        >
          {customers.map((customer, position) => (
            <IndexTable.Row id={customer.id} key={customer.id} position={position}>
              <IndexTable.Cell>
                <Link url={`/app/customers/${customer.id}`} dataPrimaryLink removeUnderline monochrome>
                  <Text as="span" fontWeight="semibold" truncate>
                    {customer.name ?? customer.email ?? 'No name'}
                  </Text>
                </Link>
              </IndexTable.Cell>
              <IndexTable.Cell>
                <StageDot stage={customer.stage} />
              </IndexTable.Cell>
              <IndexTable.Cell>{customer.ordersCount}</IndexTable.Cell>
              <IndexTable.Cell>{money(customer.totalSpent, currency, 'en')}</IndexTable.Cell>
              <IndexTable.Cell>
                {customer.lastOrderAt ? relative(customer.lastOrderAt, at, 'en') : '–'}
              </IndexTable.Cell>
              <IndexTable.Cell>
                {customer.lastHeardAt ? relative(customer.lastHeardAt, at, 'en') : '–'}
              </IndexTable.Cell>
              <IndexTable.Cell>
                {customer.lastScore === null ? '–' : `${customer.lastScore} of 5`}
              </IndexTable.Cell>
            </IndexTable.Row>
          ))}
        </IndexTable>
      </Card>
    </Page>
  );
}
