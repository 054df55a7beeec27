import {
  Badge,
  Banner,
  BlockStack,
  Box,
  Button,
  Card,
  InlineGrid,
  InlineStack,
  Layout,
  Select,
  Text,
  TextField,
} from '@shopify/polaris';
import { RedoIcon, UndoIcon } from '@shopify/polaris-icons';
import { useState } from 'react';
import { addQuestion, changeQuestion, moveQuestion, removeQuestion } from '../../feedback/edit-survey.ts';
import { gapsOf, type SurveyProblem } from '../../feedback/problems.ts';
import type { QuestionKind } from '../../feedback/question.ts';
import { QuestionCard } from './QuestionCard.tsx';
import { SurveyPreview } from './SurveyPreview.tsx';
import { KINDS, languageName } from './surveyWords.ts';
import { ThanksCard, TrialCard } from './ThanksAndTrial.tsx';
import type { SurveyEditing } from './useSurveyEditor.ts';
import { WhereAndWhom } from './WhereAndWhom.tsx';

interface SurveyEditorProps {
  editor: SurveyEditing;
  /** The shop's own first. */
  languages: readonly string[];
  problems: readonly SurveyProblem[];
  link: string | null;
  /** Of products that its audience names, by Shopify's id. */
  titles: Readonly<Record<string, string>>;
  color: string;
}

/** A survey while it is drawn: its questions at the left, the shopper's page at the right. */
export function SurveyEditor({ editor, languages, problems, link, titles, color }: SurveyEditorProps) {
  const { survey, edit } = editor;
  const [open, setOpen] = useState<string | null>(survey.questions[0]?.key ?? null);
  const [language, setLanguage] = useState(languages[0] ?? 'en');
  const [kind, setKind] = useState<QuestionKind>('choice');
  const add = () => {
    const after = addQuestion(survey, kind);
    edit(after);
    setOpen(after.questions.at(-1)!.key);
  };
  const ofAll = problems.filter(({ question }) => question === null);
  return (
    <Layout>
      <Layout.Section>
        <BlockStack gap="400">
          <Toolbar editor={editor} languages={languages} language={language} onLanguage={setLanguage} />
          {ofAll.length > 0 ? (
            <Banner tone="warning" title="Not ready to be asked">
              {ofAll.map(({ says }) => (
                <p key={says}>{says}</p>
              ))}
            </Banner>
          ) : null}
          <Card>
            <TextField
              label="Name"
              helpText="For you alone; no shopper reads it."
              autoComplete="off"
              maxLength={80}
              value={survey.name}
              onChange={(name) => edit({ ...survey, name }, 'name')}
            />
          </Card>
          {survey.questions.map((question, i) => (
            <QuestionCard
              key={question.key}
              question={question}
              earlier={survey.questions.slice(0, i)}
              number={i + 1}
              isLast={i === survey.questions.length - 1}
              isOpen={open === question.key}
              language={language}
              problems={problems.filter((problem) => problem.question === question.key)}
              onOpen={() => setOpen(open === question.key ? null : question.key)}
              onChange={(changed, about) => edit(changeQuestion(survey, changed), about)}
              onMove={(by) => edit(moveQuestion(survey, question.key, by))}
              onRemove={() => edit(removeQuestion(survey, question.key))}
            />
          ))}
          <Card>
            <InlineStack gap="200" blockAlign="end">
              <div style={{ flex: 1, minWidth: 200 }}>
                <Select
                  label="Another question"
                  options={Object.entries(KINDS).map(([value, label]) => ({ value, label }))}
                  value={kind}
                  onChange={(value) => setKind(value as QuestionKind)}
                />
              </div>
              <Button onClick={add} disabled={survey.questions.length >= 20}>
                Add
              </Button>
            </InlineStack>
          </Card>
          <ThanksCard survey={survey} language={language} onChange={edit} />
          <TrialCard survey={survey} language={language} onChange={edit} />
        </BlockStack>
      </Layout.Section>
      <Layout.Section variant="oneThird">
        <BlockStack gap="400">
          <SurveyPreview survey={survey} at={open} language={language} color={color} onGo={setOpen} />
          <WhereAndWhom survey={survey} link={link} titles={titles} onChange={edit} />
        </BlockStack>
      </Layout.Section>
    </Layout>
  );
}

interface ToolbarProps {
  editor: SurveyEditing;
  languages: readonly string[];
  language: string;
  onLanguage: (language: string) => void;
}

/** Undo, redo, and the languages with what each lacks. */
function Toolbar({ editor, languages, language, onLanguage }: ToolbarProps) {
  const gaps = gapsOf(editor.survey, languages);
  return (
    <Box paddingInline={{ xs: '400', sm: '0' }}>
      <InlineGrid columns={{ xs: 1, sm: 'auto 1fr' }} gap="200">
        <InlineStack gap="100" wrap={false}>
          <Button
            icon={UndoIcon}
            accessibilityLabel="Undo"
            disabled={!editor.canUndo}
            onClick={editor.undo}
          />
          <Button
            icon={RedoIcon}
            accessibilityLabel="Redo"
            disabled={!editor.canRedo}
            onClick={editor.redo}
          />
        </InlineStack>
        <InlineStack gap="200" align="end" blockAlign="center">
          <Text as="span" tone="subdued">
            Written in
          </Text>
          {gaps.map(({ language: tag, missing }) => (
            <Button key={tag} size="slim" pressed={tag === language} onClick={() => onLanguage(tag)}>
              {missing === 0 ? languageName(tag) : `${languageName(tag)} · ${missing} missing`}
            </Button>
          ))}
          {gaps.every(({ missing }) => missing === 0) ? <Badge tone="success">All written</Badge> : null}
        </InlineStack>
      </InlineGrid>
    </Box>
  );
}
