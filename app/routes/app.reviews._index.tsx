import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node';
import { useLoaderData, useSearchParams } from '@remix-run/react';
import { Banner, BlockStack, Button, Card, InlineStack, Page, Text, TextField } from '@shopify/polaris';
import { useState } from 'react';
import { authenticateAdmin } from '../adapters/shopify/authenticate.server.ts';
import { now } from '../clock.server.ts';
import { fieldsOf, idOrMissing, queryOf, unknownIntent } from '../fields.server.ts';
import { moderateFromPage } from '../moderationDeeds.server.ts';
import { titlesOf } from '../products/products.server.ts';
import { listReviews, picturesOf, reviewSummary } from '../reviews/reviews.server.ts';
import { reviewsWanted } from '../reviews/wanted.ts';
import { FirstThings } from '../ui/FirstThings.tsx';
import { ListCard } from '../ui/ListCard.tsx';
import { pictureView } from '../ui/pictureView.ts';
import { relative } from '../ui/format.ts';
import { ProductFilter } from '../ui/ProductFilter.tsx';
import { ReviewCardItem } from '../ui/ReviewCardItem.tsx';
import { StarsElsewhere } from '../ui/StarsElsewhere.tsx';
import { StateFilter } from '../ui/StateFilter.tsx';
import { useCsv } from '../ui/useCsv.ts';
import { app } from '../wiring.server.ts';

export async function loader({ request }: LoaderFunctionArgs) {
  const { shop } = await authenticateAdmin(request);
  const query = queryOf(request);
  return app().db.inShop(shop.id, async (tx) => {
    const ask = { ...reviewsWanted(query), shopId: shop.id, before: query.get('after') };
    const { reviews, next } = await listReviews(tx, ask);
    const ids = reviews.map(({ id }) => id);
    const product = ask.productId === null ? null : String(ask.productId);
    const titles = await titlesOf(tx, shop.id, product === null ? [] : [product]);
    const pictures = await picturesOf(tx, shop.id, ids);
    return {
      reviews: reviews.map(({ productId, orderId: _orderId, email: _email, ...review }) => ({
        ...review,
        pictures: (pictures.get(review.id) ?? []).map(({ file }) => pictureView(file, app().filesOrigin)),
        productId: productId === null ? null : String(productId),
      })),
      next,
      product: product === null ? null : (titles[product] ?? 'A product that is gone'),
      summary: await reviewSummary(tx, shop.id),
      zone: shop.timeZone,
      now: now().toISOString(),
    };
  });
}

export async function action({ request }: ActionFunctionArgs) {
  const { shop, userId } = await authenticateAdmin(request);
  const fields = await fieldsOf(request);
  const intent = fields.text('intent');
  if (intent !== 'publish' && intent !== 'hide') return unknownIntent();
  const id = idOrMissing(fields.text('id'), 'There is no such review');
  const moderating = { subject: 'review', id, hides: intent === 'hide', staff: userId } as const;
  return moderateFromPage(shop.id, { ...moderating, reason: fields.text('reason') });
}

const STARS = [5, 4, 3, 2, 1].map((count) => ({ label: `${count} of 5 stars`, value: String(count) }));

/** Reviews, what is held with its clock, and what was taken down. */
export default function Reviews() {
  const data = useLoaderData<typeof loader>();
  const [params, setParams] = useSearchParams();
  const [words, setWords] = useState(params.get('q') ?? '');
  const csv = useCsv('reviews');
  const { summary } = data;
  const isChosen = ['state', 'stars', 'q', 'product', 'customer'].some((name) => params.has(name));
  const actions = [{ content: 'What is asked', url: '/app/reviews/form' }, csv];
  const bring = { content: 'Bring reviews in', url: '/app/reviews/import' };
  if (data.reviews.length === 0 && !isChosen) {
    return (
      <Page title="Reviews" primaryAction={bring} secondaryActions={actions.slice(0, 1)}>
        <FirstThings
          heading="What buyers say in public"
          text="Reviews come by the links of your mails and are shown at once; a rule holds back only what abuses somebody, names an address or is about another product. Bring in what another app has collected."
        />
      </Page>
    );
  }
  const search = () =>
    setParams((before) => {
      const after = new URLSearchParams(before);
      if (words) after.set('q', words);
      else after.delete('q');
      after.delete('after');
      return after;
    });
  return (
    <Page title="Reviews" primaryAction={bring} secondaryActions={actions}>
      <BlockStack gap="400">
        <Summary summary={summary} now={data.now} />
        {summary.isUntold ? <StarsElsewhere /> : null}
        <ListCard
          next={data.next}
          zone={data.zone}
          empty={data.reviews.length > 0 ? null : 'There is no such review.'}
          filters={
            <InlineStack gap="300" blockAlign="end">
              <StateFilter
                name="state"
                label="Show"
                options={[
                  { label: 'All', value: '' },
                  { label: 'Held', value: 'held' },
                  { label: 'Shown', value: 'published' },
                  { label: 'Hidden', value: 'hidden' },
                ]}
              />
              <StateFilter name="stars" label="Stars" options={[{ label: 'Any', value: '' }, ...STARS]} />
              <ProductFilter title={data.product} />
              <form
                onSubmit={(event) => {
                  event.preventDefault();
                  search();
                }}
              >
                <TextField
                  label="Words"
                  labelHidden
                  placeholder="Words in it"
                  value={words}
                  maxLength={100}
                  autoComplete="off"
                  onChange={setWords}
                  connectedRight={<Button submit>Find</Button>}
                />
              </form>
            </InlineStack>
          }
        >
          {data.reviews.map((review) => (
            <ReviewCardItem key={review.id} review={review} zone={data.zone} now={data.now} />
          ))}
        </ListCard>
      </BlockStack>
    </Page>
  );
}

function Summary({
  summary,
  now: at,
}: Pick<ReturnType<typeof useLoaderData<typeof loader>>, 'summary' | 'now'>) {
  const { published, held, hidden, stars, hiddenStars, nextDue } = summary;
  const mean = (value: number | null) => (value === null ? '–' : value.toFixed(1));
  return (
    <BlockStack gap="300">
      {held > 0 ? (
        <Banner
          tone="warning"
          title={`${held === 1 ? 'A review waits' : `${held} reviews wait`} for your decision`}
          action={{ content: 'Show them', url: '/app/reviews?state=held' }}
        >
          <p>{`The first is published ${nextDue ? relative(nextDue, at, 'en') : 'soon'} by itself.`}</p>
        </Banner>
      ) : null}
      <Card>
        <Text as="p">
          {`${published} shown, ${mean(stars)} stars in the mean${hidden > 0 ? ` · ${hidden} taken down, ${mean(hiddenStars)} in the mean` : ''}.`}
        </Text>
      </Card>
    </BlockStack>
  );
}
