import {
  BlockStack,
  Card,
  InlineGrid,
  SkeletonBodyText,
  SkeletonDisplayText,
  SkeletonPage,
} from '@shopify/polaris';

const lines = (count: number) => Array.from({ length: count }, (_, at) => at);

/** The shape of the page that is being fetched. */
export function PageSkeleton({ pathname }: { pathname: string }) {
  const [, section, id] = pathname.replace(/^\//, '').split('/');
  if (section === 'customers' && !id) return <TableSkeleton />;
  if (section === 'customers' || section === 'settings' || section === 'mail') {
    return <ColumnsSkeleton />;
  }
  return section === undefined ? <HomeSkeleton /> : <CardsSkeleton />;
}

function HomeSkeleton() {
  return (
    <SkeletonPage title="How are your relationships?">
      <BlockStack gap="400">
        <Card>
          <SkeletonBodyText lines={5} />
        </Card>
        <InlineGrid columns={{ xs: 1, sm: 2, lg: 4 }} gap="400">
          {lines(4).map((at) => (
            <Card key={at}>
              <BlockStack gap="300">
                <SkeletonDisplayText size="small" />
                <SkeletonBodyText lines={3} />
              </BlockStack>
            </Card>
          ))}
        </InlineGrid>
        <Card>
          <SkeletonBodyText lines={2} />
        </Card>
      </BlockStack>
    </SkeletonPage>
  );
}

function TableSkeleton() {
  return (
    <SkeletonPage fullWidth title="Customers">
      <Card>
        <SkeletonBodyText lines={24} />
      </Card>
    </SkeletonPage>
  );
}

function CardsSkeleton() {
  return (
    <SkeletonPage>
      <BlockStack gap="300">
        {lines(6).map((at) => (
          <Card key={at}>
            <SkeletonBodyText lines={3} />
          </Card>
        ))}
      </BlockStack>
    </SkeletonPage>
  );
}

function ColumnsSkeleton() {
  return (
    <SkeletonPage>
      <InlineGrid columns={{ xs: 1, md: ['oneThird', 'twoThirds'] }} gap="400">
        <Card>
          <SkeletonBodyText lines={8} />
        </Card>
        <Card>
          <SkeletonBodyText lines={16} />
        </Card>
      </InlineGrid>
    </SkeletonPage>
  );
}
