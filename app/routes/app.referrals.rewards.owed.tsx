import type { LoaderFunctionArgs } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { BlockStack, Card, Page, Text } from '@shopify/polaris';
import { authenticateAdmin } from '../adapters/shopify/authenticate.server.ts';
import { now } from '../clock.server.ts';
import { CODES, POINTS } from '../rewards/reward.ts';
import { monthsOf, owedNow } from '../rewards/rewards.server.ts';
import { OwedCard } from '../ui/rewards/OwedCard.tsx';
import { RewardMonths } from '../ui/rewards/RewardMonths.tsx';
import { useCsv } from '../ui/useCsv.ts';
import { app } from '../wiring.server.ts';

export async function loader({ request }: LoaderFunctionArgs) {
  const { shop } = await authenticateAdmin(request);
  return app().db.inShop(shop.id, async (tx) => ({
    owed: await owedNow(tx, shop.id, now()),
    months: await monthsOf(tx, shop.id, shop.timeZone),
  }));
}

export default function Owed() {
  const { owed, months } = useLoaderData<typeof loader>();
  const csv = [
    { ...useCsv('owed'), content: 'What is owed as CSV' },
    { ...useCsv('reward-months'), content: 'Months as CSV' },
  ];
  const all = [...new Set([...owed, ...months].map(({ currency }) => currency))];
  const isMoney = (currency: string) => currency !== POINTS && currency !== CODES;
  const currencies = [...all.filter(isMoney), ...all.filter((currency) => !isMoney(currency))];
  return (
    <Page
      title="What you owe"
      subtitle="Promised or given, and not used yet: summed from the books, to the cent."
      backAction={{ content: 'Rewards', url: '/app/referrals/rewards' }}
      secondaryActions={csv}
    >
      <BlockStack gap="400">
        {currencies.length === 0 ? (
          <Card>
            <Text as="p" tone="subdued">
              You owe nothing: no reward has been promised yet.
            </Text>
          </Card>
        ) : null}
        {currencies.map((currency) => (
          <BlockStack key={currency} gap="400">
            <OwedCard currency={currency} rows={owed.filter((row) => row.currency === currency)} />
            <RewardMonths currency={currency} months={months.filter((row) => row.currency === currency)} />
          </BlockStack>
        ))}
      </BlockStack>
    </Page>
  );
}
