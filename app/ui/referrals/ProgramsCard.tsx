import { Badge, BlockStack, Box, Button, ButtonGroup, Card, InlineStack, Link, Text } from '@shopify/polaris';
import { ChevronDownIcon, ChevronUpIcon } from '@shopify/polaris-icons';
import type { Audience } from '../../referrals/audience.ts';
import type { Terms } from '../../referrals/terms.ts';
import { audienceInWords, termsInWords, type ProgramFigures } from './programWords.ts';

export interface ProgramLine extends ProgramFigures {
  id: string;
  name: string;
  terms: Terms;
  audience: Audience;
  standing: 'live' | 'off' | 'not-yet' | 'over' | 'currency';
  friends: number;
}

interface ProgramsCardProps {
  programs: readonly ProgramLine[];
  /** Where all of them are edited; left out there. */
  allUrl?: string;
  /** Gives the programmes another order. */
  onOrder?: (ids: string[]) => void;
  busy?: boolean;
}

const STANDINGS: Record<
  ProgramLine['standing'],
  { label: string; tone?: 'success' | 'attention' | 'warning' }
> = {
  live: { label: 'On', tone: 'success' },
  off: { label: 'Off' },
  'not-yet': { label: 'Not yet', tone: 'attention' },
  over: { label: 'Over', tone: 'attention' },
  currency: { label: 'Needs new sums', tone: 'warning' },
};

/** Programmes in the order in which they are offered: the first that fits a customer is theirs. */
export function ProgramsCard({ programs, allUrl, onOrder, busy = false }: ProgramsCardProps) {
  const ids = programs.map(({ id }) => id);
  const move = (index: number, by: number) =>
    onOrder?.(ids.toSpliced(index, 1).toSpliced(index + by, 0, ids[index]!));
  return (
    <Card>
      <BlockStack gap="200">
        {allUrl ? (
          <InlineStack align="space-between" blockAlign="center">
            <Text as="h2" variant="headingMd">
              Programmes
            </Text>
            <Link url={allUrl} removeUnderline>
              All of them
            </Link>
          </InlineStack>
        ) : (
          <Text as="p" tone="subdued">
            The first that fits a customer is theirs. Whoever fits none is not asked to invite.
          </Text>
        )}
        {programs.map((program, index) => (
          <ProgramRow key={program.id} program={program} level={allUrl ? 'h3' : 'h2'}>
            {onOrder && programs.length > 1 ? (
              <ButtonGroup variant="segmented">
                <Button
                  icon={ChevronUpIcon}
                  accessibilityLabel={`Offer ${program.name} earlier`}
                  disabled={busy || index === 0}
                  onClick={() => move(index, -1)}
                />
                <Button
                  icon={ChevronDownIcon}
                  accessibilityLabel={`Offer ${program.name} later`}
                  disabled={busy || index === programs.length - 1}
                  onClick={() => move(index, 1)}
                />
              </ButtonGroup>
            ) : null}
          </ProgramRow>
        ))}
      </BlockStack>
    </Card>
  );
}

interface ProgramRowProps {
  program: ProgramLine;
  level: 'h2' | 'h3';
  children: React.ReactNode;
}

function ProgramRow({ program, level, children }: ProgramRowProps) {
  const { id, name, terms, audience, standing, codes, waiting, friends } = program;
  const { label, tone } = STANDINGS[standing];
  return (
    <Box paddingBlock="300" borderBlockEndWidth="025" borderColor="border-secondary">
      <InlineStack align="space-between" blockAlign="center" gap="300" wrap={false}>
        <BlockStack gap="050">
          <InlineStack gap="200" blockAlign="center" align="start">
            <Text as={level} variant="headingSm">
              <Link url={`/app/referrals/programs/${id}`} removeUnderline>
                {name}
              </Link>
            </Text>
            <Badge {...(tone ? { tone } : {})}>{label}</Badge>
          </InlineStack>
          <Text as="p">{`${audienceInWords(audience)} ${termsInWords(terms)}.`}</Text>
          <Text as="p" tone="subdued">
            {`${codes} with a code · ${friends} friends counted · ${waiting} in the return window`}
          </Text>
        </BlockStack>
        {children}
      </InlineStack>
    </Box>
  );
}
