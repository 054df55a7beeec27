import { BlockStack, Button, Card, InlineStack, Text } from '@shopify/polaris';
import { useState } from 'react';
import { PAGE_TEXTS } from '../../feedback/page-texts.ts';
import { screensOf } from '../../feedback/screens.ts';
import type { Survey } from '../../feedback/survey.ts';
import { questionsFor } from '../../feedback/survey-view.ts';
import { textFor } from '../../shops/translations.ts';
import { inkOn, readableOnWhite } from '../contrast.ts';
import { html } from '../hostedPage.ts';
import { HOSTED_STYLES } from '../hostedStyles.ts';
import { questionField } from '../questionFields.ts';

interface SurveyPreviewProps {
  survey: Survey;
  /** The question that is edited, shown with its screen. */
  at: string | null;
  language: string;
  color: string;
  onGo: (key: string) => void;
}

/** The page as the shopper sees it, one question at a time: the very markup of the hosted page. */
export function SurveyPreview({ survey, at, language, color, onGo }: SurveyPreviewProps) {
  const [variant, setVariant] = useState<'a' | 'b'>('a');
  const reader = { locale: language, shopLocale: language };
  const shown = questionsFor(survey, reader, survey.trial ? variant : null);
  // All questions, whatever their rules: what is edited is seen.
  const screens = screensOf(survey.questions);
  const index = Math.max(
    0,
    screens.findIndex((screen) => screen.some(({ key }) => key === at)),
  );
  const keys = (screens[index] ?? []).map(({ key }) => key);
  const questions = shown.filter(({ key }) => keys.includes(key));
  const colors = `:root{--brand:${color};--ink:${inkOn(color)};--link:${readableOnWhite(color)}}body{padding:1rem}`;
  const page = html`<main>
    ${questions.map((question, i) => questionField(question, { value: undefined, isTitle: i === 0, noPlace: '–' }))}
    <p class="turns"><button type="button">${textFor(PAGE_TEXTS.send, language)}</button></p>
  </main>`;
  const source = `<!doctype html><html lang="${language}"><style>${colors}${HOSTED_STYLES}</style><body>${page.text}</body></html>`;
  const go = (by: 1 | -1) => onGo(screens[index + by]![0]!.key);
  return (
    <Card>
      <BlockStack gap="300">
        <Text as="h2" variant="headingMd">
          As the shopper sees it
        </Text>
        {questions.length === 0 ? (
          <Text as="p" tone="subdued">
            Add a question, and it appears here.
          </Text>
        ) : (
          <iframe
            title="The survey as the shopper sees it"
            sandbox=""
            srcDoc={source}
            style={{
              width: '100%',
              height: 420,
              border: '1px solid var(--p-color-border-secondary)',
              borderRadius: 12,
            }}
          />
        )}
        <InlineStack align="space-between">
          <InlineStack gap="200">
            <Button disabled={index === 0} onClick={() => go(-1)}>
              Before
            </Button>
            <Button disabled={index >= screens.length - 1} onClick={() => go(1)}>
              Next
            </Button>
          </InlineStack>
          {survey.trial ? (
            <Button onClick={() => setVariant(variant === 'a' ? 'b' : 'a')}>
              {variant === 'a' ? 'Show the other wording' : 'Show the first wording'}
            </Button>
          ) : null}
        </InlineStack>
      </BlockStack>
    </Card>
  );
}
