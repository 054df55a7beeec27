import type { LoaderFunctionArgs } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import {
  Badge,
  BlockStack,
  Box,
  Card,
  InlineStack,
  Link,
  Page,
  Pagination,
  Text,
  TextField,
  Thumbnail,
} from '@shopify/polaris';
import { ImageIcon } from '@shopify/polaris-icons';
import { authenticateAdmin } from '../adapters/shopify/authenticate.server.ts';
import { clockOf, listProducts } from '../products/products.server.ts';
import { queryOf } from '../fields.server.ts';
import { FirstThings } from '../ui/FirstThings.tsx';
import { useCsv } from '../ui/useCsv.ts';
import { usePages } from '../ui/usePages.ts';
import { useTypedSearch } from '../ui/useTypedSearch.ts';
import { app } from '../wiring.server.ts';

export async function loader({ request }: LoaderFunctionArgs) {
  const { shop } = await authenticateAdmin(request);
  const query = queryOf(request);
  const text = query.get('q') ?? '';
  return app().db.inShop(shop.id, async (tx) => {
    const { products, next } = await listProducts(tx, shop.id, { text, after: query.get('after') });
    const clocks = await clockOf(
      tx,
      products.map(({ id }) => ({ shopId: shop.id, id })),
    );
    return {
      filtered: text !== '' || query.has('after'),
      next,
      products: products.map(({ id, title, imageUrl }) => {
        const clock = clocks.get(id);
        return {
          id: String(id),
          title,
          imageUrl,
          guides: Object.keys(clock?.careGuide ?? {}),
          days: [clock?.firstUseDays ?? null, clock?.readyToJudgeDays ?? null, clock?.usefulLifeDays ?? null],
        };
      }),
    };
  });
}

const inWords = ([first, judge, life]: (number | null)[]) =>
  `First used on day ${first ?? 3}, ready to judge on day ${judge ?? 14}, ${life === null || life === undefined ? 'lasts about 90 days' : `lasts ${life} days`}`;

export default function Products() {
  const { products, filtered, next } = useLoaderData<typeof loader>();
  const pages = usePages(next);
  const csv = useCsv('products');
  const { text, type } = useTypedSearch('q');
  if (products.length === 0 && !filtered) {
    return (
      <Page title="Products">
        <FirstThings
          heading="Your products are on their way"
          text="Here you write how to care for each of them and how long it lasts; mails go by that."
        />
      </Page>
    );
  }
  return (
    <Page
      title="Products"
      subtitle="What you know of a product's life decides when customers hear of it."
      secondaryActions={[csv]}
    >
      <BlockStack gap="300">
        <Box paddingInline={{ xs: '300', sm: '0' }}>
          <TextField
            label="Search products"
            labelHidden
            placeholder="A part of the name"
            value={text}
            onChange={type}
            autoComplete="off"
            clearButton
            onClearButtonClick={() => type('')}
          />
        </Box>
        {products.length === 0 ? (
          <Card>
            <Text as="p" tone="subdued">
              No product is called like that.
            </Text>
          </Card>
        ) : null}
        {products.map((product) => (
          <Card key={product.id}>
            <InlineStack gap="400" blockAlign="center" wrap={false}>
              <Thumbnail source={product.imageUrl ?? ImageIcon} alt="" size="small" />
              <BlockStack gap="050">
                <InlineStack gap="200" align="start" blockAlign="center">
                  <Text as="h2" variant="headingSm">
                    <Link url={`/app/products/${product.id}`} removeUnderline monochrome>
                      {product.title}
                    </Link>
                  </Text>
                  {product.guides.length > 0 ? (
                    <Badge tone="success">{`Care guide: ${product.guides.join(', ')}`}</Badge>
                  ) : null}
                </InlineStack>
                <Text as="p" tone="subdued">
                  {inWords(product.days)}
                </Text>
              </BlockStack>
            </InlineStack>
          </Card>
        ))}
        {pages.hasNext || pages.hasPrevious ? (
          <Box paddingInline={{ xs: '300', sm: '0' }}>
            <Pagination {...pages} accessibilityLabel="Pages of this list" />
          </Box>
        ) : null}
      </BlockStack>
    </Page>
  );
}
