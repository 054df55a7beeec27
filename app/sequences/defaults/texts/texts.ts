import type { TemplateText } from '../../../messages/blocks.ts';

/** The mails of the six sequences in one language, by key of the template. */
export type DefaultTexts = Record<
  'thank-you' | 'getting-started' | 'how-is-it-going' | 'review' | 'invite' | 'win-back',
  TemplateText
>;
