import { Checkbox, FormLayout, Select, TextField } from '@shopify/polaris';
import type { Terms } from '../../referrals/terms.ts';

interface LimitFieldsProps {
  terms: Terms;
  /** Of the shop's settings. */
  returnDays: number;
  errors: Record<string, string>;
  onChange: (changed: Partial<Terms>) => void;
}

type NumberName = 'perAdvocate' | 'perMonth' | 'inAll' | 'rewardValidDays' | 'returnDays';

const INVITED = [
  { value: 'happy', label: 'Everybody who has just said something good' },
  { value: 'returning', label: 'Only those of them who have bought before' },
  { value: 'never', label: 'Nobody: mails and their own page say it later' },
];

/** When friends count, how many, for how long, and who is told on the page that thanks. */
export function LimitFields({ terms, returnDays, errors, onChange }: LimitFieldsProps) {
  const number = (name: NumberName, label: string, placeholder: string, helpText?: string) => (
    <TextField
      label={label}
      type="number"
      min={name === 'returnDays' ? 0 : 1}
      value={terms[name] === null ? '' : String(terms[name])}
      placeholder={placeholder}
      helpText={helpText}
      autoComplete="off"
      error={errors[name]}
      onChange={(text) => onChange({ [name]: text === '' ? null : Math.round(Number(text)) })}
    />
  );
  const date = (name: 'from' | 'until', label: string) => (
    <TextField
      label={label}
      type="date"
      value={terms[name] ?? ''}
      autoComplete="off"
      error={errors[name]}
      onChange={(text) => onChange({ [name]: text === '' ? null : text })}
    />
  );
  return (
    <FormLayout>
      <Select
        label="Right after a good answer their code is given to"
        options={INVITED}
        value={terms.onThankYou}
        helpText="Nobody is asked a favour before they have said something good."
        onChange={(onThankYou) => onChange({ onThankYou: onThankYou as Terms['onThankYou'] })}
      />
      <Checkbox
        label="Only a first order counts"
        checked={terms.newCustomersOnly}
        onChange={(newCustomersOnly) => onChange({ newCustomersOnly })}
      />
      <Checkbox
        label="An order that came by their link counts without the code too"
        checked={terms.byLink}
        helpText="A code at the checkout counts first. Only the code gives the friend something off."
        onChange={(byLink) => onChange({ byLink })}
      />
      <FormLayout.Group>
        {number('perMonth', 'Friends of one customer in 30 days', 'any number', 'More wait for your yes.')}
        {number('perAdvocate', 'Friends of one customer in a year', 'any number', 'More wait for your yes.')}
      </FormLayout.Group>
      <FormLayout.Group>
        {number('inAll', 'Friends in all in a year', 'any number', 'More wait for your yes.')}
        {number('returnDays', 'Days in which an order may come back', `${returnDays}, as in the settings`)}
      </FormLayout.Group>
      <FormLayout.Group>
        {date('from', 'First day')}
        {date('until', 'Last day')}
      </FormLayout.Group>
      {number('rewardValidDays', 'Days in which a reward may be used', 'for ever')}
    </FormLayout>
  );
}
