import { useFetcher } from '@remix-run/react';
import {
  Banner,
  BlockStack,
  Button,
  Card,
  DataTable,
  InlineGrid,
  InlineStack,
  Select,
  Text,
} from '@shopify/polaris';
import { useState } from 'react';
import { FIELDS, type Mapping } from '../reviews/import/columns.ts';
import type { RowProblem } from '../reviews/import/row.ts';
import { date } from './format.ts';
import { countOf, FIELD_WORDS, ROW_WORDS } from './reviewWords.ts';

interface ShownRow {
  row: number;
  stars: number;
  title: string | null;
  text: string | null;
  author: string | null;
  at: string | Date;
  productId: string | null;
  handle: string | null;
  verified: boolean;
  photos: string[];
}

export interface ShownPreview {
  head: string[];
  mapping: Mapping;
  rows: (ShownRow | RowProblem)[];
  looked: number;
  broken: number;
  refused: RowProblem[];
  unclosed: number | null;
  unshown: number;
}

/** Fields that a merchant may want to choose; our own id is known by its name. */
const CHOSEN = FIELDS.filter((field) => field !== 'id');

/** Which column holds what, and what the first rows would become. */
export function ImportMapping({ preview }: { preview: ShownPreview }) {
  const look = useFetcher<{ preview?: ShownPreview | { problem: string } | null }>();
  const start = useFetcher<{ toast?: string }>();
  const [changed, setChanged] = useState<Mapping | null>(null);
  const latest = look.data?.preview;
  const shown = latest && !('problem' in latest) ? latest : preview;
  const mapping = changed ?? shown.mapping;
  const change = (next: Mapping) => {
    setChanged(next);
    look.submit({ intent: 'look', mapping: JSON.stringify(next) }, { method: 'post' });
  };
  const columns = shown.head.map((name, index) => ({
    label: name || `Column ${index + 1}`,
    value: String(index),
  }));
  const choose = (field: (typeof FIELDS)[number], value: string) => {
    const { [field]: _before, ...rest } = mapping.columns;
    change({ ...mapping, columns: value === '' ? rest : { ...rest, [field]: Number(value) } });
  };
  const isEmpty = shown.looked === 0 && shown.unclosed === null;
  const isWhole = mapping.columns.rating !== undefined && mapping.columns.date !== undefined;
  return (
    <BlockStack gap="400">
      <Card>
        <BlockStack gap="300">
          <Text as="h2" variant="headingMd">
            What its columns mean
          </Text>
          <Text as="p" tone="subdued">
            {shown.mapping.app
              ? `It looks like a file of ${shown.mapping.app}.`
              : 'It is a file of an app that is not known here: look at each column.'}
          </Text>
          <InlineGrid columns={{ xs: 1, sm: 2, md: 3 }} gap="300">
            {CHOSEN.map((field) => (
              <Select
                key={field}
                label={FIELD_WORDS[field] ?? field}
                options={[{ label: '–', value: '' }, ...columns]}
                value={String(mapping.columns[field] ?? '')}
                onChange={(value) => choose(field, value)}
              />
            ))}
            <Select
              label="How 03/04/2026 is meant"
              options={[
                { label: '3 April', value: 'day-first' },
                { label: 'March 4', value: 'month-first' },
              ]}
              value={mapping.dates}
              onChange={(dates) => change({ ...mapping, dates: dates as Mapping['dates'] })}
            />
          </InlineGrid>
        </BlockStack>
      </Card>
      <Card>
        <BlockStack gap="300">
          <Text as="h2" variant="headingMd">
            What the first rows become
          </Text>
          <DataTable
            columnContentTypes={['text', 'text', 'text', 'text', 'text', 'text']}
            headings={['Row', 'Stars', 'Story', 'By', 'Day', 'About']}
            rows={shown.rows.map(cellsOf)}
          />
          {shown.unclosed === null ? null : (
            <Banner tone="critical">
              <p>{`A quote that opens near row ${shown.unclosed} never closes: nothing from there on can be read. Mend the file and bring it again.`}</p>
            </Banner>
          )}
          {isEmpty ? (
            <Banner tone="critical">
              <p>Below the names of its columns there is nothing.</p>
            </Banner>
          ) : null}
          {shown.broken > 0 ? <Refused shown={shown} /> : null}
          {shown.unshown > 0 ? (
            <Banner tone="warning">
              <p>{`Of the first ${shown.looked} rows ${shown.unshown} were not shown there. They are taken in and shown here, unless a rule finds abuse or personal data in them. Leave them out of the file if you do not want that.`}</p>
            </Banner>
          ) : null}
          {mapping.columns.productId === undefined && mapping.columns.handle === undefined ? (
            <Banner tone="warning">
              <p>No column names the product: all of them become reviews of your shop.</p>
            </Banner>
          ) : null}
          <InlineStack>
            <Button
              variant="primary"
              disabled={!isWhole || isEmpty || shown.unclosed !== null}
              loading={start.state !== 'idle'}
              onClick={() =>
                start.submit({ intent: 'start', mapping: JSON.stringify(mapping) }, { method: 'post' })
              }
            >
              Take them in
            </Button>
          </InlineStack>
          {isWhole ? null : (
            <Text as="p" tone="critical">
              Say which columns hold the stars and the day.
            </Text>
          )}
          <Text as="p" tone="subdued">
            {`${countOf(shown.looked, 'row')} looked at. Nothing is saved yet, and customers hear nothing of it.`}
          </Text>
        </BlockStack>
      </Card>
    </BlockStack>
  );
}

/** What would not be taken, the first of it by name. */
function Refused({
  shown: { looked, broken, refused },
}: {
  shown: Pick<ShownPreview, 'looked' | 'broken' | 'refused'>;
}) {
  const rest = broken > refused.length ? ' All of them are named when it is done.' : '';
  return (
    <Banner tone="warning">
      <BlockStack gap="100">
        <p>{`Of the first ${countOf(looked, 'row')} ${broken} would not be taken.${rest}`}</p>
        {refused.map(({ row, field, why }) => (
          <p key={row}>{`Row ${row}: ${FIELD_WORDS[field] ?? field} ${ROW_WORDS[why]}.`}</p>
        ))}
      </BlockStack>
    </Banner>
  );
}

function cellsOf(row: ShownRow | RowProblem): string[] {
  if ('why' in row)
    return [String(row.row), '–', `${FIELD_WORDS[row.field] ?? row.field} ${ROW_WORDS[row.why]}`, '', '', ''];
  const story = [row.title, row.text].filter(Boolean).join(' · ');
  const about = row.handle ?? row.productId ?? 'the shop';
  // As it was written there: a day without a time is its noon, a time without a zone is UTC.
  const day = date(row.at, { locale: 'en', timeZone: 'UTC' });
  return [String(row.row), '★'.repeat(row.stars), story.slice(0, 140), row.author ?? '–', day, about];
}
