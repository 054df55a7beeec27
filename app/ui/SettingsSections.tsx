import { BlockStack, Card, Checkbox, ChoiceList, FormLayout, Select, TextField } from '@shopify/polaris';
import { SettingsPart } from './SettingsPart.tsx';
import { MAIL_LOCALES, type ShopSettings } from '../shops/settings.ts';

export interface SectionProps {
  settings: ShopSettings;
  change: (changed: Partial<ShopSettings>) => void;
  /** By path of the field. */
  errors: Record<string, string>;
}

interface SenderProps extends SectionProps {
  shop: { name: string; email: string };
  mailFrom: string;
}

/** Who mails come from. */
export function SenderSection({ settings, change, errors, shop, mailFrom }: SenderProps) {
  const { sender } = settings;
  const set = (field: keyof typeof sender) => (value: string) =>
    change({ sender: { ...sender, [field]: value } });
  return (
    <SettingsPart id="sender" title="Sender" description="Who your mails come from, and where answers go.">
      <Card>
        <FormLayout>
          <TextField
            label="Name"
            value={sender.name}
            placeholder={shop.name}
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
          <TextField
            label="Answers go to"
            type="email"
            value={sender.replyTo}
            placeholder={shop.email}
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
}

/** How mails and pages look. */
export function BrandSection({ settings, change, errors }: SectionProps) {
  const { brand } = settings;
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
        </FormLayout>
      </Card>
    </SettingsPart>
  );
}

const HOURS = Array.from({ length: 24 }, (_, hour) => ({
  label: `${String(hour).padStart(2, '0')}:00`,
  value: String(hour),
}));

/** When and how often customers are written to. */
export function RhythmSection({ settings, change, errors }: SectionProps) {
  const { rhythm } = settings;
  const set = (field: keyof typeof rhythm) => (value: string) =>
    change({ rhythm: { ...rhythm, [field]: Number(value) } });
  return (
    <SettingsPart
      id="rhythm"
      title="Rhythm"
      description="On each customer's own clock. What may not go is moved to the next free moment."
    >
      <Card>
        <FormLayout>
          <FormLayout.Group>
            <Select
              label="Quiet from"
              options={HOURS}
              value={String(rhythm.quietFrom)}
              onChange={set('quietFrom')}
            />
            <Select
              label="Quiet until"
              options={HOURS}
              value={String(rhythm.quietTo)}
              onChange={set('quietTo')}
            />
          </FormLayout.Group>
          <FormLayout.Group>
            <TextField
              label="Asks and offers a week, at most"
              type="number"
              min={1}
              max={14}
              value={String(rhythm.perWeek)}
              autoComplete="off"
              onChange={set('perWeek')}
              error={errors['rhythm.perWeek']}
            />
            <TextField
              label="Hours between two of them"
              type="number"
              min={0}
              max={168}
              value={String(rhythm.minGapHours)}
              autoComplete="off"
              onChange={set('minGapHours')}
              error={errors['rhythm.minGapHours']}
            />
          </FormLayout.Group>
        </FormLayout>
      </Card>
    </SettingsPart>
  );
}

const LANGUAGE_NAMES: Record<(typeof MAIL_LOCALES)[number], string> = {
  en: 'English',
  de: 'Deutsch',
  fr: 'Français',
  es: 'Español',
};

/** Languages that the merchant writes in. */
export function LanguagesSection({ settings, change }: SectionProps) {
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
          choices={MAIL_LOCALES.map((value) => ({ value, label: LANGUAGE_NAMES[value] }))}
          selected={settings.languages.length > 0 ? settings.languages : [...MAIL_LOCALES]}
          onChange={(languages) => change({ languages })}
        />
      </Card>
    </SettingsPart>
  );
}

/** Return window, parcels without a scan. */
export function ReturnsSection({ settings, change, errors }: SectionProps) {
  return (
    <SettingsPart
      id="returns"
      title="Returns and parcels"
      description="Rewards are held until an order can't come back any more."
    >
      <Card>
        <FormLayout>
          <FormLayout.Group>
            <TextField
              label="Return window, days"
              type="number"
              min={0}
              max={365}
              value={String(settings.returnWindowDays)}
              autoComplete="off"
              onChange={(value) => change({ returnWindowDays: Number(value) })}
              error={errors['returnWindowDays']}
            />
            <TextField
              label="A parcel without a scan has arrived after, days"
              type="number"
              min={1}
              max={60}
              value={String(settings.assumedTransitDays)}
              autoComplete="off"
              onChange={(value) => change({ assumedTransitDays: Number(value) })}
              error={errors['assumedTransitDays']}
            />
          </FormLayout.Group>
        </FormLayout>
      </Card>
    </SettingsPart>
  );
}

/** What is learned of customers beside what they say by themselves. */
export function ListeningSection({ settings, change }: SectionProps) {
  const { tracking } = settings;
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
            checked={settings.askHeard}
            onChange={(askHeard) => change({ askHeard })}
          />
        </BlockStack>
      </Card>
    </SettingsPart>
  );
}
