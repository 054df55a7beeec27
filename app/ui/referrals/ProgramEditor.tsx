import { Banner, BlockStack, Box, Card, Checkbox, InlineGrid, Text, TextField } from '@shopify/polaris';
import type { ReactNode } from 'react';
import type { Audience } from '../../referrals/audience.ts';
import { landingTexts, promiseText, type OfferShop } from '../../referrals/offer.ts';
import type { Shares } from '../../referrals/shares.ts';
import type { Terms } from '../../referrals/terms.ts';
import { AudienceFields } from './AudienceFields.tsx';
import { LimitFields } from './LimitFields.tsx';
import { NewsFields } from './NewsFields.tsx';
import { OfferFields } from './OfferFields.tsx';
import { changeInWords, type ProgramFigures } from './programWords.ts';
import { RewardFields } from './RewardFields.tsx';
import { ShareFields } from './ShareFields.tsx';
import { TierFields } from './TierFields.tsx';

export interface ProgramDraft {
  name: string;
  status: 'on' | 'off';
  terms: Terms;
  audience: Audience;
  shares: Shares;
}

interface ProgramEditorProps {
  draft: ProgramDraft;
  saved: ProgramDraft;
  shop: OfferShop & { returnDays: number };
  figures: ProgramFigures;
  code: string;
  errors: Record<string, string>;
  onChange: (draft: ProgramDraft) => void;
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <Card>
      <BlockStack gap="400">
        <Text as="h2" variant="headingMd">
          {title}
        </Text>
        {children}
      </BlockStack>
    </Card>
  );
}

/** What is read beside the fields that make it. */
function Said({ by, text, children }: { by: string; text: string; children: ReactNode }) {
  return (
    <Box padding="300" background="bg-surface-secondary" borderRadius="200">
      <BlockStack gap="300">
        <Text as="h3" variant="headingSm">
          {by}
        </Text>
        <Text as="p">{text}</Text>
        {children}
      </BlockStack>
    </Box>
  );
}

/** What is typed and cannot be read out yet is not read out. */
const isWhole = (terms: Terms) => !/"(amount|points|percent)":null|"title":""/.test(JSON.stringify(terms));

/** What mails say changes nothing of what was handed out. */
const offerOf = (terms: Terms) => JSON.stringify({ ...terms, news: null });

/** A programme, as the friend and the advocate see it, edited in place. */
export function ProgramEditor(props: ProgramEditorProps) {
  const { draft, saved, shop, figures, code, errors, onChange } = props;
  const { terms, status } = draft;
  const set = (changed: Partial<ProgramDraft>) => onChange({ ...draft, ...changed });
  const setTerms = (changed: Partial<Terms>) => set({ terms: { ...terms, ...changed } });
  const isOfferNew = offerOf(terms) !== offerOf(saved.terms);
  const switchesOff = saved.status === 'on' && status === 'off';
  const said =
    isOfferNew || switchesOff ? changeInWords(figures, { isNewOffer: isOfferNew, switchesOff }) : [];
  const shown = isWhole(terms) ? terms : saved.terms;
  return (
    <BlockStack gap="400">
      {said.length > 0 ? (
        <Banner title="What becomes of what was handed out">
          <BlockStack gap="100">
            {said.map((line) => (
              <p key={line}>{line}</p>
            ))}
          </BlockStack>
        </Banner>
      ) : null}
      <Part title="The programme">
        <TextField
          label="What you call it"
          value={draft.name}
          autoComplete="off"
          maxLength={60}
          error={errors['name']}
          onChange={(name) => set({ name })}
        />
        <Checkbox
          label="Customers may invite friends by it"
          checked={status === 'on'}
          onChange={(on) => set({ status: on ? 'on' : 'off' })}
        />
        <InlineGrid columns={{ xs: 1, md: 2 }} gap="400">
          <Said by="A friend reads" text={landingTexts(shop, shown, 'en').text}>
            <OfferFields terms={terms} currency={shop.currency} errors={errors} onChange={setTerms} />
          </Said>
          <Said by="Your customer reads" text={promiseText(shop, shown, 'en')}>
            <RewardFields
              label="For each friend who counts they get"
              reward={terms.advocate}
              currency={shop.currency}
              error={errors['advocate']}
              onChange={(advocate) => setTerms({ advocate })}
            />
            <TierFields
              tiers={terms.tiers}
              currency={shop.currency}
              error={errors['tiers']}
              onChange={(tiers) => setTerms({ tiers })}
            />
          </Said>
        </InlineGrid>
      </Part>
      <Part title="For whom">
        <AudienceFields audience={draft.audience} onChange={(audience) => set({ audience })} />
      </Part>
      <Part title="When it counts">
        <LimitFields terms={terms} returnDays={shop.returnDays} errors={errors} onChange={setTerms} />
      </Part>
      <Part title="What they hear by mail">
        <NewsFields news={terms.news} onChange={(news) => setTerms({ news })} />
      </Part>
      <Part title="What they send">
        <ShareFields
          shares={draft.shares}
          terms={shown}
          shop={shop}
          code={code}
          errors={errors}
          onChange={(shares) => set({ shares })}
        />
      </Part>
    </BlockStack>
  );
}
