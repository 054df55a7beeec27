import { BlockStack, Button, Card, DataTable, InlineStack, Link, Text } from '@shopify/polaris';
import type { Theme } from '../insights/themes.ts';
import { score as scoreInWords } from './format.ts';
import { useCsv } from './useCsv.ts';

interface ThemesCardProps {
  themes: readonly Theme[];
  days: number;
}

const ROW = 24;

/** What customers speak of, against the time before: a picture, and the same as a table whose rows lead to what was said. */
export function ThemesCard({ themes, days }: ThemesCardProps) {
  const csv = useCsv('themes', { days: String(days) });
  return (
    <Card>
      <BlockStack gap="300">
        <InlineStack align="space-between" blockAlign="center" gap="200">
          <Text as="h2" variant="headingMd">
            What they speak of
          </Text>
          {themes.length > 0 ? (
            <Button variant="tertiary" onClick={csv.onAction}>
              Export as CSV
            </Button>
          ) : null}
        </InlineStack>
        {themes.length === 0 ? (
          <Text as="p" tone="subdued">
            Nothing yet that several people speak of. Subjects from Conversations and words that three people
            or more have used appear here.
          </Text>
        ) : (
          <>
            <Text as="p" tone="subdued">
              {`People in the last ${days} days, dark; in the ${days} days before, light. Everything that came into Conversations counts.`}
            </Text>
            <Kind title="Subjects" themes={themes.filter(({ kind }) => kind === 'subject')} />
            <Kind title="Words" themes={themes.filter(({ kind }) => kind === 'words')} />
          </>
        )}
      </BlockStack>
    </Card>
  );
}

const urlOf = ({ kind, key }: Theme) =>
  `/app/conversations?${new URLSearchParams({ view: 'all', ...(kind === 'subject' ? { tag: key } : { q: key }) })}`;

/** "5 more than before" */
function changeInWords({ people, before }: Theme): string {
  if (before === 0) return 'new';
  if (people === before) return 'as before';
  return people > before ? `${people - before} more` : `${before - people} fewer`;
}

function Kind({ title, themes }: { title: string; themes: readonly Theme[] }) {
  if (themes.length === 0) return null;
  const most = Math.max(...themes.map(({ people, before }) => Math.max(people, before)));
  return (
    <BlockStack gap="200">
      <Text as="h3" variant="headingSm">
        {title}
      </Text>
      <svg
        role="img"
        aria-label={`${title}: the table below has the same figures`}
        viewBox={`0 0 600 ${themes.length * ROW}`}
        width="100%"
        style={{ maxWidth: 600 }}
      >
        {themes.map((theme, index) => (
          <g key={theme.key} transform={`translate(0 ${index * ROW})`}>
            <text x="0" y="15" fontSize="12" fill="#616161">
              {[...theme.name].slice(0, 22).join('')}
            </text>
            <rect x="150" y="3" height="10" rx="2" width={(theme.people / most) * 380 + 1} fill="#3b7a57" />
            <rect x="150" y="14" height="5" rx="2" width={(theme.before / most) * 380 + 1} fill="#c9dccf" />
            <text x="540" y="15" fontSize="12" fill="#303030">
              {theme.people}
            </text>
          </g>
        ))}
      </svg>
      <DataTable
        columnContentTypes={['text', 'numeric', 'numeric', 'text', 'numeric']}
        headings={[title, 'People', 'Before', 'Change', 'Score']}
        rows={themes.map((theme) => [
          <Link key={theme.key} url={urlOf(theme)} removeUnderline>
            <span dir="auto">{theme.name}</span>
          </Link>,
          theme.people,
          theme.before,
          changeInWords(theme),
          theme.score === null ? '–' : scoreInWords(theme.score, 'en'),
        ])}
      />
    </BlockStack>
  );
}
