/** Where friends come from: by code, by link, and whether a link is remembered. */
import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node';
import { useActionData, useLoaderData, useNavigation, useRevalidator, useSubmit } from '@remix-run/react';
import { BlockStack, Card, DataTable, List, Page, Text } from '@shopify/polaris';
import { useEffect } from 'react';
import { authenticateAdmin } from '../adapters/shopify/authenticate.server.ts';
import { now } from '../clock.server.ts';
import { fieldsOf, unknownIntent } from '../fields.server.ts';
import { FUNNEL_DAYS } from '../referrals/days.ts';
import { pixelStanding, programFunnels, wantPixel } from '../referrals/referrals.server.ts';
import { RememberLinks } from '../ui/referrals/RememberLinks.tsx';
import { useCsv } from '../ui/useCsv.ts';
import { useToast } from '../ui/useToast.ts';
import { app } from '../wiring.server.ts';
import { sinceDays } from '../zones.ts';

export async function loader({ request }: LoaderFunctionArgs) {
  const { shop } = await authenticateAdmin(request);
  return app().db.inShop(shop.id, async (tx) => ({
    pixel: await pixelStanding(tx),
    funnels: await programFunnels(tx, shop.id, sinceDays(FUNNEL_DAYS, shop.timeZone, now())),
  }));
}

export async function action({ request }: ActionFunctionArgs) {
  const { shop } = await authenticateAdmin(request);
  const intent = (await fieldsOf(request)).text('intent');
  if (intent !== 'on' && intent !== 'off') return unknownIntent();
  await app().db.inShop(shop.id, (tx) => wantPixel(tx, intent === 'on', now()));
  return {
    toast: intent === 'on' ? 'Links are remembered in a moment' : 'Links are not remembered any more',
  };
}

export default function Links() {
  const { pixel, funnels } = useLoaderData<typeof loader>();
  const outcome = useActionData<{ toast?: string }>();
  const submit = useSubmit();
  const busy = useNavigation().state !== 'idle';
  const csv = useCsv('clicks');
  useToast(outcome?.toast);
  const { revalidate } = useRevalidator();
  const isGoing = pixel.problem === null && pixel.state.startsWith('going-');
  useEffect(() => {
    if (!isGoing) return;
    const timer = setInterval(revalidate, 3000);
    return () => clearInterval(timer);
  }, [isGoing, revalidate]);
  const rows = funnels.map((each) => [
    each.name,
    each.clicked,
    each.pending + each.held,
    each.qualified,
    each.rewarded,
    each.byLink,
  ]);
  return (
    <Page
      title="Where friends come from"
      backAction={{ content: 'Referrals', url: '/app/referrals' }}
      secondaryActions={[csv]}
    >
      <BlockStack gap="400">
        <RememberLinks
          pixel={pixel}
          busy={busy}
          onSwitch={(on) => submit({ intent: on ? 'on' : 'off' }, { method: 'post' })}
        />
        <Card>
          <BlockStack gap="300">
            <Text as="h2" variant="headingMd">
              {`From the click to the reward, the last ${FUNNEL_DAYS} days`}
            </Text>
            <DataTable
              columnContentTypes={['text', 'numeric', 'numeric', 'numeric', 'numeric', 'numeric']}
              headings={['Programme', 'Links opened', 'Waiting', 'Qualified', 'Rewarded', 'By link']}
              rows={rows}
            />
          </BlockStack>
        </Card>
        <Card>
          <BlockStack gap="300">
            <Text as="h2" variant="headingMd">
              What counts
            </Text>
            <List type="number">
              <List.Item>A friend’s code at the checkout; of several the last one.</List.Item>
              <List.Item>
                Else the friend’s link that was opened last, 30 days before the order at most, where the
                programme takes links: as the pixel remembers it, or as Shopify tells of the visits before an
                order. Where neither knows the day, the page by which the buyer came in.
              </List.Item>
            </List>
          </BlockStack>
        </Card>
      </BlockStack>
    </Page>
  );
}
