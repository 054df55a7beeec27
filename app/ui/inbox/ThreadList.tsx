import {
  Badge,
  BlockStack,
  Box,
  Button,
  Card,
  Checkbox,
  InlineStack,
  Link,
  Text,
  TextField,
} from '@shopify/polaris';
import type { InboxRow } from '../../conversations/inbox.server.ts';
import type { View } from '../../conversations/views.ts';
import { relative } from '../format.ts';
import { ClockRing } from './ClockRing.tsx';
import { personName, type Person } from './inboxView.ts';
import { EMPTY_VIEWS, KIND_LABELS } from './inboxWords.ts';

type Dated = 'heardAt' | 'awaitingSince' | 'replyDueAt' | 'solvedAt';
/** As the browser gets it: dates are texts. */
export type ListedRow = Omit<InboxRow, Dated> & Record<Dated, string | Date | null>;

interface ThreadListProps {
  rows: readonly ListedRow[];
  view: View;
  /** Filters or words narrow it. */
  narrowed: boolean;
  openId: string | null;
  at: number;
  chosen: ReadonlySet<string>;
  people: readonly Person[];
  now: string;
  text: string;
  onText: (text: string) => void;
  onChoose: (id: string, chosen: boolean) => void;
  urlOf: (id: string) => string;
  onNext: (() => void) | null;
  onPrevious: (() => void) | null;
}

/** Threads with their clocks, the most urgent first where somebody waits. */
export function ThreadList(props: ThreadListProps) {
  const { rows, view, narrowed, text, onText, onNext, onPrevious } = props;
  return (
    <Card padding="0">
      <Box padding="300">
        <TextField
          label="Search"
          labelHidden
          placeholder="Words, names, addresses, orders"
          value={text}
          onChange={onText}
          clearButton
          onClearButtonClick={() => onText('')}
          autoComplete="off"
        />
      </Box>
      {rows.length === 0 ? (
        <Box padding="400">
          <Text as="p" tone="subdued">
            {narrowed ? 'Nothing fits. Take a filter or a word away.' : EMPTY_VIEWS[view]}
          </Text>
        </Box>
      ) : null}
      <ul style={{ listStyle: 'none', margin: 0, padding: 0 }} aria-label="Conversations">
        {rows.map((row, index) => (
          <ThreadItem key={row.id} row={row} index={index} {...props} />
        ))}
      </ul>
      {onNext || onPrevious ? (
        <Box padding="300">
          <InlineStack gap="200">
            <Button disabled={!onPrevious} onClick={() => onPrevious?.()}>
              Before
            </Button>
            <Button disabled={!onNext} onClick={() => onNext?.()}>
              More
            </Button>
          </InlineStack>
        </Box>
      ) : null}
    </Card>
  );
}

function ThreadItem({
  row,
  index,
  openId,
  at,
  chosen,
  people,
  now,
  onChoose,
  urlOf,
}: ThreadListProps & { row: ListedRow; index: number }) {
  const who = row.who ?? 'Somebody without a name';
  const isOpen = row.id === openId;
  return (
    // The name is the link; it reaches over the whole row.
    <li
      className="inbox-row"
      data-thread={row.id}
      style={{
        borderTop: '1px solid #ebebeb',
        background: isOpen ? '#f1f1f1' : 'transparent',
        boxShadow: index === at ? 'inset 3px 0 0 #303030' : 'none',
      }}
    >
      <Box padding="300">
        <InlineStack gap="200" wrap={false} blockAlign="start">
          <Checkbox
            label={`Choose ${who}`}
            labelHidden
            checked={chosen.has(row.id)}
            onChange={(value) => onChoose(row.id, value)}
          />
          <ClockRing awaitingSince={row.awaitingSince} replyDueAt={row.replyDueAt} now={now} />
          <div style={{ minWidth: 0, flexGrow: 1 }}>
            <BlockStack gap="050">
              <InlineStack align="space-between" gap="200" wrap={false}>
                <Link url={urlOf(row.id)} removeUnderline monochrome>
                  <Text as="span" fontWeight={row.awaitingSince ? 'semibold' : 'regular'} breakWord>
                    {who}
                  </Text>
                </Link>
                <span style={{ whiteSpace: 'nowrap' }}>
                  <Text as="span" variant="bodySm" tone="subdued">
                    {relative(row.heardAt!, now, 'en')}
                  </Text>
                </span>
              </InlineStack>
              <Text as="p" variant="bodySm" breakWord>
                <span dir="auto">{row.preview || KIND_LABELS[row.kind]}</span>
              </Text>
              <InlineStack gap="100">
                {row.isUnsent ? <Badge tone="critical">answer not sent</Badge> : null}
                {row.score === null ? null : (
                  <Badge tone={row.score <= 2 ? 'critical' : 'info'}>{`${row.score} of 5`}</Badge>
                )}
                <Badge>{row.order ? `${KIND_LABELS[row.kind]}, ${row.order}` : KIND_LABELS[row.kind]}</Badge>
                {row.tags
                  .filter(({ suggested }) => !suggested)
                  .map(({ code, name }) => (
                    <Badge key={code} tone="attention">
                      {name}
                    </Badge>
                  ))}
                {row.assignee ? <Badge tone="success">{personName(row.assignee, people) ?? ''}</Badge> : null}
              </InlineStack>
            </BlockStack>
          </div>
        </InlineStack>
      </Box>
    </li>
  );
}
