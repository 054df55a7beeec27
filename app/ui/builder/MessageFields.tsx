import { useFetcher } from '@remix-run/react';
import { Button, Checkbox, InlineStack, Select } from '@shopify/polaris';
import { useEffect, useRef } from 'react';
import type { MessageStep, Step } from '../../sequences/steps.ts';
import { subjectInWords } from '../planSentences.ts';
import { useBuilderShop } from './builderContext.ts';
import { MailCard } from './MailCard.tsx';
import { PeriodField } from './PeriodField.tsx';

const CHANNELS = [
  { label: 'E-mail', value: 'email' },
  { label: 'Text message', value: 'sms' },
];
const NO_SURVEY = '';
const CLASSES = [
  { label: 'About the order: always allowed, nothing to sell', value: 'service' },
  { label: 'Asks for something: kept to your rhythm', value: 'ask' },
  { label: 'An offer: only to those who agreed', value: 'offer' },
];

const PRIORITIES = [
  { label: 'This one, before all others', value: 'high' },
  { label: 'The older one', value: 'normal' },
  { label: 'The other one', value: 'low' },
];

/** The message of a step: which, by which way, as what, and how it will look. */
export function MessageFields({ step, onChange }: { step: MessageStep; onChange: (step: Step) => void }) {
  const { subjects, surveys, sequenceId } = useBuilderShop();
  const fetcher = useFetcher<{ template?: string }>();
  const made = fetcher.data?.template;
  const taken = useRef<string>(undefined);
  useEffect(() => {
    if (!made || taken.current === made) return;
    taken.current = made;
    onChange({ ...step, template: made });
  }, [made, onChange, step]);
  const byKey = Map.groupBy(subjects, ({ key }) => key);
  const mails = [...byKey].map(([value, texts]) => {
    const { subject } = texts.find(({ locale }) => locale === 'en') ?? texts[0]!;
    return { label: subjectInWords(subject), value };
  });
  return (
    <>
      <Select
        label="Mail"
        placeholder="Choose a mail"
        options={mails}
        value={step.template}
        onChange={(template) => onChange({ ...step, template })}
      />
      <InlineStack gap="300">
        <Button
          loading={fetcher.state !== 'idle'}
          onClick={() =>
            fetcher.submit({}, { method: 'post', action: `/app/sequences/${sequenceId}/new-mail` })
          }
        >
          Write a new mail
        </Button>
        {step.template ? <Button url={`/app/mail/${step.template}`}>Edit the text</Button> : null}
      </InlineStack>
      <Select
        label="It goes by"
        options={CHANNELS}
        helpText={
          step.channel === 'sms'
            ? 'To those who agreed to texts; the words of the mail without its pictures. Others are left out.'
            : undefined
        }
        value={step.channel}
        onChange={(channel) => onChange({ ...step, channel: channel as MessageStep['channel'] })}
      />
      <Select
        label="Answers in it belong to"
        helpText="For mails with a row of answers to click."
        options={[{ label: 'No question', value: NO_SURVEY }, ...surveys]}
        value={step.survey ?? NO_SURVEY}
        onChange={(survey) => onChange({ ...step, survey: survey || null })}
      />
      <Select
        label="What it is"
        options={CLASSES}
        value={step.class}
        onChange={(value) => onChange({ ...step, class: value as MessageStep['class'] })}
      />
      {step.class === 'service' ? null : (
        <Select
          label="When another mail wants to go at the same time, which goes first?"
          options={PRIORITIES}
          value={step.priority}
          onChange={(value) => onChange({ ...step, priority: value as MessageStep['priority'] })}
        />
      )}
      <Checkbox
        label="Needs their code for friends"
        helpText="It waits for the code, and is left out where there is none."
        checked={step.needs.includes('referral-code')}
        onChange={(needed) => onChange({ ...step, needs: needed ? ['referral-code'] : [] })}
      />
      <Checkbox
        label="Left out when it would come too late"
        checked={step.uselessAfter !== null}
        onChange={(set) => onChange({ ...step, uselessAfter: set ? { weeks: 2 } : null })}
      />
      {step.uselessAfter ? (
        <PeriodField
          label="Too late after"
          period={step.uselessAfter}
          onChange={(uselessAfter) => onChange({ ...step, uselessAfter })}
        />
      ) : null}
      {step.template ? <MailCard key={step.template} template={step.template} kind={step.class} /> : null}
    </>
  );
}
