import { BlockStack, Box, Card, Link, Text } from '@shopify/polaris';
import { Sparkline } from './Sparkline.tsx';

interface FigureProps {
  label: string;
  /** As it is shown: "38", "4.3", "€1,240.00" */
  value: string;
  /** Against the period before: "12 % more than before", or why there is no comparison. */
  note: string;
  course?: readonly number[];
  /** The list behind the figure. */
  url: string;
}

/** One figure of Home. Opens the list behind it. */
export function Figure({ label, value, note, course, url }: FigureProps) {
  return (
    <Card>
      <BlockStack gap="200">
        <Text as="h3" variant="bodyMd" tone="subdued">
          <Link url={url} removeUnderline monochrome>
            {label}
          </Link>
        </Text>
        <Text as="p" variant="heading2xl" numeric>
          {value}
        </Text>
        <Text as="p" variant="bodySm" tone="subdued">
          {note}
        </Text>
        <Box minHeight="32px">{course ? <Sparkline course={course} /> : null}</Box>
      </BlockStack>
    </Card>
  );
}
