import { BlockStack, Box, InlineGrid, Select, Text, TextField } from '@shopify/polaris';
import { useState } from 'react';
import type { OfferShop } from '../../referrals/offer.ts';
import {
  OUR_SHARES,
  SHARE_FIELDS,
  SHARE_LANGUAGES,
  SHARE_TEXTS,
  sharedTexts,
  type Shares,
  type ShareText,
} from '../../referrals/shares.ts';
import type { Terms } from '../../referrals/terms.ts';

interface ShareFieldsProps {
  shares: Shares;
  terms: Terms;
  shop: OfferShop;
  /** An example of a code. */
  code: string;
  /** By language and way: "de.whatsapp" */
  errors: Record<string, string>;
  onChange: (shares: Shares) => void;
}

const LANGUAGES = {
  en: 'English',
  de: 'German',
  fr: 'French',
  es: 'Spanish',
  'pt-BR': 'Portuguese (Brazil)',
  ja: 'Japanese',
};
const WAYS: Record<ShareText, string> = {
  whatsapp: 'WhatsApp',
  subject: 'E-mail, subject',
  email: 'E-mail',
  text: 'Text message',
  copy: 'Copied, to be pasted anywhere',
};

/** What customers send their friends, written and as it will be read. */
export function ShareFields({ shares, terms, shop, code, errors, onChange }: ShareFieldsProps) {
  const [language, setLanguage] = useState<(typeof SHARE_LANGUAGES)[number]>('en');
  const written = shares[language] ?? {};
  const set = (way: ShareText, words: string) => {
    const { [way]: _, ...rest } = written;
    onChange({ ...shares, [language]: words === '' ? rest : { ...rest, [way]: words } });
  };
  const preview = sharedTexts({ shop, program: { terms, shares }, code, name: 'Ana', locale: language });
  const ways = SHARE_TEXTS.toSorted((a, b) => Number(a === 'email') - Number(b === 'email'));
  return (
    <BlockStack gap="400">
      <InlineGrid columns={{ xs: 1, md: 2 }} gap="300">
        <Select
          label="Language"
          options={SHARE_LANGUAGES.map((tag) => ({ value: tag, label: LANGUAGES[tag] }))}
          value={language}
          onChange={(tag) => setLanguage(tag as typeof language)}
        />
        <Text as="p" tone="subdued">
          {`Filled in: {${SHARE_FIELDS.join('}, {')}}. What you leave empty is ours.`}
        </Text>
      </InlineGrid>
      {ways.map((way) => (
        <InlineGrid key={way} columns={{ xs: 1, md: 2 }} gap="300">
          <TextField
            label={WAYS[way]}
            value={written[way] ?? ''}
            placeholder={OUR_SHARES[way][language]}
            multiline={way === 'email' ? 6 : way === 'subject' ? false : 3}
            maxLength={600}
            autoComplete="off"
            error={errors[`${language}.${way}`]}
            onChange={(words) => set(way, words)}
          />
          <Box padding="300" background="bg-surface-secondary" borderRadius="200">
            <div style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }} lang={language}>
              {preview[way]}
            </div>
          </Box>
        </InlineGrid>
      ))}
    </BlockStack>
  );
}
