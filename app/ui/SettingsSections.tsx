import { BlockStack, Card, Checkbox, ChoiceList, FormLayout, Link, TextField } from '@shopify/polaris';
import { memo } from 'react';
import { MAIL_LOCALES, type ShopSettings } from '../shops/settings.ts';
import { NumberField } from './NumberField.tsx';
import { SenderDomain } from './SenderDomain.tsx';
import { SettingsPart } from './SettingsPart.tsx';

/**
 * A section gets only what it shows, and a `change` that stays the same: a key pressed in one field draws one section.
 */
export interface SectionProps {
  change: (changed: Partial<ShopSettings>) => void;
  /** By path of the field. */
  errors: Record<string, string>;
}

interface SenderProps extends SectionProps, Pick<ShopSettings, 'sender'> {
  shopName: string;
  shopEmail: string;
  mailFrom: string;
}

/** Who mails come from. */
export const SenderSection = memo(function SenderSection({
  sender,
  change,
  errors,
  shopName,
  shopEmail,
  mailFrom,
}: SenderProps) {
  const set = (field: keyof typeof sender) => (value: string) =>
    change({ sender: { ...sender, [field]: value } });
  return (
    <SettingsPart id="sender" title="Sender" description="Who your mails come from, and where answers go.">
      <Card>
        <FormLayout>
          <TextField
            label="Name"
            value={sender.name}
            placeholder={shopName}
            autoComplete="organization"
            onChange={set('name')}
            error={errors['sender.name']}
          />
          <TextField
            label="Address"
            type="email"
            value={sender.email}
            placeholder={mailFrom}
            autoComplete="email"
            helpText="Of a domain that lets us send for it. Leave it empty to send from ours."
            onChange={set('email')}
            error={errors['sender.email']}
          />
          <SenderDomain address={sender.email} />
          <TextField
            label="Answers go to"
            type="email"
            value={sender.replyTo}
            placeholder={shopEmail}
            autoComplete="email"
            onChange={set('replyTo')}
            error={errors['sender.replyTo']}
          />
          <TextField
            label="Postal address"
            multiline={2}
            value={sender.postalAddress}
            autoComplete="street-address"
            helpText="The law of many countries wants it under every mail that asks or offers."
            onChange={set('postalAddress')}
            error={errors['sender.postalAddress']}
          />
        </FormLayout>
      </Card>
    </SettingsPart>
  );
});

/** How mails and pages look. */
export const BrandSection = memo(function BrandSection({
  brand,
  change,
  errors,
}: SectionProps & Pick<ShopSettings, 'brand'>) {
  const set = (field: keyof typeof brand) => (value: string) =>
    change({ brand: { ...brand, [field]: value } });
  return (
    <SettingsPart id="brand" title="Brand" description="Mails and pages carry your look, nothing of ours.">
      <Card>
        <FormLayout>
          <TextField
            label="Logo"
            type="url"
            value={brand.logoUrl}
            placeholder="https://…"
            autoComplete="off"
            onChange={set('logoUrl')}
            error={errors['brand.logoUrl']}
          />
          <TextField
            label="Colour of buttons and links"
            value={brand.color}
            autoComplete="off"
            prefix={
              <div
                aria-hidden="true"
                style={{ width: 20, height: 20, borderRadius: 4, background: brand.color }}
              />
            }
            onChange={set('color')}
            error={errors['brand.color']}
          />
          <TextField
            label="Signature"
            value={brand.signature}
            placeholder="Ana and the team"
            autoComplete="off"
            onChange={set('signature')}
            error={errors['brand.signature']}
          />
          <Link url="/app/brand-voice">How you speak: words, common questions, drafts</Link>
        </FormLayout>
      </Card>
    </SettingsPart>
  );
});

const LANGUAGE_NAMES: Record<(typeof MAIL_LOCALES)[number], string> = {
  en: 'English',
  de: 'Deutsch',
  fr: 'Français',
  es: 'Español',
};

/** Languages that the merchant writes in. */
export const LanguagesSection = memo(function LanguagesSection({
  languages,
  change,
}: Omit<SectionProps, 'errors'> & Pick<ShopSettings, 'languages'>) {
  const selected = languages.length > 0 ? languages : [...MAIL_LOCALES];
  // None of them would mean all of them.
  const isLast = (value: string) => selected.length === 1 && selected[0] === value;
  return (
    <SettingsPart
      id="languages"
      title="Languages"
      description="A customer gets theirs if you write it, else your shop's own."
    >
      <Card>
        <ChoiceList
          title="We write in"
          allowMultiple
          choices={MAIL_LOCALES.map((value) => ({
            value,
            label: LANGUAGE_NAMES[value],
            disabled: isLast(value),
          }))}
          selected={selected}
          onChange={(chosen) => change({ languages: chosen })}
        />
      </Card>
    </SettingsPart>
  );
});

/** Return window, parcels without a scan. */
export const ReturnsSection = memo(function ReturnsSection({
  returnWindowDays,
  assumedTransitDays,
  change,
  errors,
}: SectionProps & Pick<ShopSettings, 'returnWindowDays' | 'assumedTransitDays'>) {
  return (
    <SettingsPart
      id="returns"
      title="Returns and parcels"
      description="Rewards are held until an order can't come back any more."
    >
      <Card>
        <FormLayout>
          <FormLayout.Group>
            <NumberField
              label="Return window, days"
              min={0}
              max={365}
              value={returnWindowDays}
              onChange={(days) => change({ returnWindowDays: days })}
              error={errors['returnWindowDays']}
            />
            <NumberField
              label="A parcel without a scan has arrived after, days"
              min={1}
              max={60}
              value={assumedTransitDays}
              onChange={(days) => change({ assumedTransitDays: days })}
              error={errors['assumedTransitDays']}
              helpText="Where nothing was learned yet."
            />
          </FormLayout.Group>
          <Link url="/app/parcels">See what was learned</Link>
        </FormLayout>
      </Card>
    </SettingsPart>
  );
});

/** What is learned of customers beside what they say by themselves. */
export const ListeningSection = memo(function ListeningSection({
  tracking,
  askHeard,
  change,
}: Omit<SectionProps, 'errors'> & Pick<ShopSettings, 'tracking' | 'askHeard'>) {
  return (
    <SettingsPart
      id="listening"
      title="Listening"
      description="What you learn beside what customers tell you by themselves."
    >
      <Card>
        <BlockStack gap="200">
          <Checkbox
            label="See whether mails are opened, where the customer allows it"
            checked={tracking.opens}
            onChange={(opens) => change({ tracking: { ...tracking, opens } })}
          />
          <Checkbox
            label="See which links are followed"
            checked={tracking.clicks}
            onChange={(clicks) => change({ tracking: { ...tracking, clicks } })}
          />
          <Checkbox
            label="Ask at the checkout how customers heard about you"
            checked={askHeard}
            onChange={(asked) => change({ askHeard: asked })}
          />
        </BlockStack>
      </Card>
    </SettingsPart>
  );
});
