import { useFetcher, useNavigate } from '@remix-run/react';
import { BlockStack, Box, Button, Card, InlineStack, Link, Select, Text, TextField } from '@shopify/polaris';
import { useState } from 'react';
import type { InboxFilter } from '../../conversations/filter.ts';
import { queryOfFilter, VIEWS, type View } from '../../conversations/views.ts';
import { CLOCKS } from '../../conversations/matters.ts';
import { CLOCK_LABELS, VIEW_LABELS } from './inboxWords.ts';

interface ViewsPaneProps {
  filter: InboxFilter;
  counts: Partial<Record<string, number>>;
  /** More than this is "many". */
  most: number;
  tags: readonly { code: string; name: string }[];
  views: readonly { id: string; name: string; filter: InboxFilter }[];
  onFilter: (name: string, value: string) => void;
}

const PLAIN = { text: '', tag: null, channel: null, clock: null, customer: null };
const urlOf = (filter: InboxFilter) => `/app/conversations?${queryOfFilter(filter)}`;

/** What to look at: views with their counts, subjects, filters that somebody keeps. */
export function ViewsPane({ filter, counts, most, tags, views, onFilter }: ViewsPaneProps) {
  const shown = (count: number | undefined) =>
    count === undefined ? '' : count >= most ? `${most - 1}+` : String(count);
  const labelled = VIEWS.map((view) => ({ view, label: VIEW_LABELS[view], count: shown(counts[view]) }));
  const isNarrowed = filter.tag !== null || filter.clock !== null || filter.channel !== null;
  const [isOpen, setIsOpen] = useState(false);
  const navigate = useNavigate();
  return (
    <Card>
      <BlockStack gap="400">
        <div className="inbox-narrow">
          <InlineStack gap="200" wrap={false}>
            <div style={{ flexGrow: 1 }}>
              <Select
                label="View"
                labelHidden
                options={labelled.map(({ view, label, count }) => ({
                  label: count ? `${label} (${count})` : label,
                  value: view,
                }))}
                value={filter.view}
                onChange={(view) => navigate(urlOf({ ...PLAIN, view: view as View }))}
              />
            </div>
            <Button
              disclosure={isOpen ? 'up' : 'down'}
              ariaExpanded={isOpen}
              ariaControls="inbox-filters"
              onClick={() => setIsOpen(!isOpen)}
            >
              {isNarrowed ? 'Filters, in use' : 'Filters'}
            </Button>
          </InlineStack>
        </div>
        <nav aria-label="Views" className="inbox-wide">
          <BlockStack gap="100">
            {labelled.map(({ view, label, count }) => (
              <InlineStack key={view} align="space-between" wrap={false}>
                <Link url={urlOf({ ...PLAIN, view })} removeUnderline monochrome>
                  <Text as="span" fontWeight={filter.view === view ? 'bold' : 'regular'}>
                    {label}
                  </Text>
                </Link>
                <Text as="span" tone={view === 'late' && counts[view] ? 'critical' : 'subdued'} numeric>
                  {count}
                </Text>
              </InlineStack>
            ))}
          </BlockStack>
        </nav>
        {counts['soon'] ? (
          <Text as="p" tone="caution">{`${shown(counts['soon'])} will be late within two hours.`}</Text>
        ) : null}
        <div id="inbox-filters" className="inbox-filters" data-open={isOpen ? '1' : '0'}>
          <Filters filter={filter} tags={tags} views={views} onFilter={onFilter} />
        </div>
      </BlockStack>
    </Card>
  );
}

function Filters({ filter, tags, views, onFilter }: Omit<ViewsPaneProps, 'counts' | 'most'>) {
  return (
    <BlockStack gap="400">
      <Select
        label="About"
        options={[
          { label: 'Any subject', value: '' },
          ...tags.map(({ code, name }) => ({ label: name, value: code })),
        ]}
        value={filter.tag ?? ''}
        onChange={(value) => onFilter('tag', value)}
      />
      <Select
        label="Kind"
        options={[
          { label: 'Everything', value: '' },
          ...CLOCKS.map((clock) => ({ label: CLOCK_LABELS[clock], value: clock })),
        ]}
        value={filter.clock ?? ''}
        onChange={(value) => onFilter('kind', value)}
      />
      <KeptViews views={views} filter={filter} />
    </BlockStack>
  );
}

function KeptViews({ views, filter }: Pick<ViewsPaneProps, 'views' | 'filter'>) {
  const fetcher = useFetcher();
  const [name, setName] = useState('');
  const keep = () => {
    fetcher.submit({ intent: 'save-view', name, filter: queryOfFilter(filter) }, { method: 'post' });
    setName('');
  };
  return (
    <BlockStack gap="200">
      <Text as="h3" variant="headingSm">
        Kept views
      </Text>
      {views.map((view) => (
        <InlineStack key={view.id} align="space-between" wrap={false}>
          <Link url={urlOf(view.filter)} removeUnderline monochrome>
            {view.name}
          </Link>
          <Button
            variant="plain"
            accessibilityLabel={`Forget ${view.name}`}
            onClick={() => fetcher.submit({ intent: 'delete-view', id: view.id }, { method: 'post' })}
          >
            Forget
          </Button>
        </InlineStack>
      ))}
      <Box>
        <TextField
          label="Keep what is shown as"
          value={name}
          onChange={setName}
          maxLength={60}
          autoComplete="off"
          connectedRight={
            <Button disabled={name.trim() === ''} onClick={keep}>
              Keep
            </Button>
          }
        />
      </Box>
    </BlockStack>
  );
}
