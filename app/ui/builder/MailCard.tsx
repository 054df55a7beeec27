import { useFetcher } from '@remix-run/react';
import { BlockStack, Select, SkeletonBodyText, Text } from '@shopify/polaris';
import { useEffect, useState } from 'react';
import type { Check } from '../../messages/checks.ts';
import { MailChecks } from '../MailChecks.tsx';
import { useBuilderShop } from './builderContext.ts';
import { CustomerPicker, type Person } from '../CustomerPicker.tsx';

const LANGUAGES = [
  { label: 'English', value: 'en' },
  { label: 'Deutsch', value: 'de' },
  { label: 'Français', value: 'fr' },
  { label: 'Español', value: 'es' },
];

interface Shown {
  subject: string;
  html: string;
  checks: Pick<Check, 'level' | 'code' | 'detail'>[];
}

/** The mail of a step as a customer of one's choice would get it. */
export function MailCard({ template, kind }: { template: string; kind: string }) {
  const { sequenceId, subjects } = useBuilderShop();
  const written = subjects.filter(({ key }) => key === template).map(({ locale }) => locale);
  const [locale, setLocale] = useState(written.includes('en') ? 'en' : (written[0] ?? 'en'));
  const [person, setPerson] = useState<Person | null>(null);
  const { load, data } = useFetcher<{ shown: Shown }>();
  const customer = person?.id ?? '';
  useEffect(() => {
    const query = new URLSearchParams({ template, kind, locale, ...(customer ? { customer } : {}) });
    load(`/app/sequences/${sequenceId}/shown?${query}`);
  }, [load, sequenceId, template, kind, locale, customer]);
  return (
    <BlockStack gap="300">
      <Select
        label="Shown in"
        options={LANGUAGES.filter(({ value }) => written.includes(value))}
        value={locale}
        onChange={setLocale}
      />
      <CustomerPicker
        label="As this customer would get it"
        person={person}
        onPick={setPerson}
        onClear={() => setPerson(null)}
      />
      {data ? (
        <>
          <Text as="p" fontWeight="medium">
            {data.shown.subject}
          </Text>
          <MailChecks checks={data.shown.checks} />
          <iframe
            title="The mail as the customer sees it"
            sandbox=""
            srcDoc={data.shown.html}
            style={{
              width: '100%',
              height: 420,
              border: '1px solid var(--p-color-border-secondary)',
              borderRadius: 8,
              background: '#fff',
            }}
          />
        </>
      ) : (
        <div style={{ height: 450 }}>
          <SkeletonBodyText lines={12} />
        </div>
      )}
    </BlockStack>
  );
}
