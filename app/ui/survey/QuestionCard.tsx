import { Badge, Banner, BlockStack, Button, ButtonGroup, Card, InlineStack, Text } from '@shopify/polaris';
import { ArrowDownIcon, ArrowUpIcon, DeleteIcon } from '@shopify/polaris-icons';
import type { SurveyProblem } from '../../feedback/problems.ts';
import type { Question } from '../../feedback/question.ts';
import { sayFor } from '../../feedback/survey-view.ts';
import { KeepFields } from './KeepFields.tsx';
import { QuestionFields } from './QuestionFields.tsx';
import { RuleRows } from './RuleRows.tsx';
import { KINDS } from './surveyWords.ts';

interface QuestionCardProps {
  question: Question;
  /** Those that are asked before it. */
  earlier: readonly Question[];
  number: number;
  isLast: boolean;
  isOpen: boolean;
  language: string;
  problems: readonly SurveyProblem[];
  onOpen: () => void;
  onChange: (question: Question, about: string) => void;
  onMove: (by: 1 | -1) => void;
  onRemove: () => void;
}

/** One question: folded as a line, open with everything that can be set. */
export function QuestionCard(props: QuestionCardProps) {
  const { question, earlier, number, isLast, isOpen, language, problems } = props;
  const title = sayFor({ locale: language, shopLocale: language })(question.text) || 'Not written yet';
  return (
    <Card>
      <BlockStack gap="300">
        <InlineStack align="space-between" blockAlign="start" gap="200" wrap={false}>
          <BlockStack gap="050">
            <Text as="h3" variant="headingSm">
              {`${number}. ${title}`}
            </Text>
            <InlineStack gap="200" blockAlign="center" align="start">
              <Text as="span" tone="subdued">
                {KINDS[question.kind]}
              </Text>
              {question.required ? <Badge>Has to be answered</Badge> : null}
              {question.when.length > 0 ? <Badge tone="info">Only after some answers</Badge> : null}
              {problems.length > 0 && !isOpen ? <Badge tone="critical">Not finished</Badge> : null}
            </InlineStack>
          </BlockStack>
          <ButtonGroup gap="tight">
            <Button
              icon={ArrowUpIcon}
              variant="tertiary"
              accessibilityLabel={`Move up: ${title}`}
              disabled={number === 1}
              onClick={() => props.onMove(-1)}
            />
            <Button
              icon={ArrowDownIcon}
              variant="tertiary"
              accessibilityLabel={`Move down: ${title}`}
              disabled={isLast}
              onClick={() => props.onMove(1)}
            />
            <Button
              icon={DeleteIcon}
              variant="tertiary"
              accessibilityLabel={`Delete: ${title}`}
              onClick={props.onRemove}
            />
            <Button
              onClick={props.onOpen}
              ariaExpanded={isOpen}
              accessibilityLabel={`${isOpen ? 'Close' : 'Edit'}: ${title}`}
            >
              {isOpen ? 'Close' : 'Edit'}
            </Button>
          </ButtonGroup>
        </InlineStack>
        {isOpen ? (
          <>
            {problems.length > 0 ? (
              <Banner tone="critical">
                {problems.map(({ says }) => (
                  <p key={says}>{says}</p>
                ))}
              </Banner>
            ) : null}
            <QuestionFields question={question} language={language} onChange={props.onChange} />
            {earlier.length > 0 || question.when.length > 0 ? (
              <RuleRows
                rules={question.when}
                earlier={earlier}
                language={language}
                onChange={(when) => props.onChange({ ...question, when }, `${question.key} when`)}
              />
            ) : null}
            <KeepFields question={question} onChange={props.onChange} />
          </>
        ) : null}
      </BlockStack>
    </Card>
  );
}
