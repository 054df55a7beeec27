import {
  BlockStack,
  Button,
  Card,
  FormLayout,
  InlineError,
  InlineStack,
  Select,
  Text,
  TextField,
} from '@shopify/polaris';
import type { ReactNode } from 'react';
import { SettingsPart } from '../SettingsPart.tsx';
import {
  cueLines,
  cueRows,
  personLines,
  personRows,
  stepLines,
  stepRows,
  type CueRow,
  type PersonRow,
} from './peopleLines.ts';
import type { SettingsForm } from './settingsForm.ts';

interface PeopleFieldsProps {
  form: SettingsForm;
  errors: Readonly<Record<string, string>>;
  change: (changed: Partial<SettingsForm>) => void;
  /** Names of the shop's staff, as Shopify knows them. */
  staff: readonly string[];
}

/** Who answers, who is told next when it is late, and what is somebody's at once. */
export function PeopleFields({ form, errors, change, staff }: PeopleFieldsProps) {
  const people = personRows(form.people);
  const known = people.filter(({ email }) => email.trim() !== '');
  const set = (rows: readonly PersonRow[]) => change({ people: personLines(rows) });
  const missing = staff.filter((name) => !people.some((person) => person.name === name));
  return (
    <SettingsPart
      id="people"
      title="Who answers"
      description="Conversations are given to people, and people are told by mail when they are needed."
    >
      <Card>
        <FormLayout>
          <Rows title="People" error={errors['people']}>
            {people.map((person, index) => (
              <Row
                key={index}
                label={person.name || `person ${index + 1}`}
                onRemove={() => set(people.toSpliced(index, 1))}
              >
                <TextField
                  label="Name"
                  value={person.name}
                  maxLength={80}
                  autoComplete="off"
                  onChange={(name) =>
                    set(people.with(index, { ...person, name: name.replace(/[<>\n]/g, '') }))
                  }
                />
                <TextField
                  label="Told at"
                  type="email"
                  value={person.email}
                  maxLength={254}
                  autoComplete="off"
                  onChange={(email) =>
                    set(people.with(index, { ...person, email: email.replace(/[<>\s]/g, '') }))
                  }
                />
              </Row>
            ))}
            <InlineStack gap="200">
              {missing.map((name) => (
                <Button key={name} onClick={() => set([...people, { name, email: '' }])}>
                  {`Add ${name}`}
                </Button>
              ))}
              <Button variant="tertiary" onClick={() => set([...people, { name: '', email: '' }])}>
                Add somebody else
              </Button>
            </InlineStack>
          </Rows>
          <Select
            label="I am"
            options={[
              { label: 'None of them', value: '' },
              ...known.map(({ name, email }) => ({ label: name || email, value: email.toLowerCase() })),
            ]}
            value={form.me}
            onChange={(me) => change({ me })}
          />
          <Chain form={form} errors={errors} change={change} people={known} />
          <Cues form={form} errors={errors} change={change} people={known} />
        </FormLayout>
      </Card>
    </SettingsPart>
  );
}

type OfPeople = Omit<PeopleFieldsProps, 'staff'> & { people: readonly PersonRow[] };

function Chain({ form, errors, change, people }: OfPeople) {
  const steps = stepRows(form.chain);
  const set = (rows: typeof steps) => change({ chain: stepLines(rows) });
  return (
    <Rows title="When it is late, it goes to" error={errors['chain']}>
      {steps.map((step, index) => (
        <Row key={index} label={`step ${index + 1}`} onRemove={() => set(steps.toSpliced(index, 1))}>
          <TextField
            label="After working minutes more"
            inputMode="numeric"
            value={step.lateBy}
            autoComplete="off"
            onChange={(lateBy) => set(steps.with(index, { ...step, lateBy }))}
          />
          <Person people={people} to={step.to} onTo={(to) => set(steps.with(index, { ...step, to }))} />
        </Row>
      ))}
      <Add people={people} onAdd={(to) => set([...steps, { lateBy: '60', to }])}>
        Add a step
      </Add>
    </Rows>
  );
}

const CUES = [
  { label: 'Words in it', value: 'words' },
  { label: 'A score of at most', value: 'score' },
  { label: 'An order worth at least', value: 'value' },
  { label: 'A customer who is', value: 'stage' },
  { label: 'So many contacts', value: 'contacts' },
];
const STAGES = ['stranger', 'acquaintance', 'friend', 'family'].map((value) => ({ label: value, value }));

function Cues({ form, errors, change, people }: OfPeople) {
  const cues = cueRows(form.cues);
  const set = (rows: typeof cues) => change({ cues: cueLines(rows) });
  return (
    <Rows title="At once, whatever the clock says" error={errors['cues']}>
      {cues.map((cue, index) => (
        <Row key={index} label={`cue ${index + 1}`} onRemove={() => set(cues.toSpliced(index, 1))}>
          <CueFields cue={cue} onCue={(changed) => set(cues.with(index, changed))} />
          <Person people={people} to={cue.to} onTo={(to) => set(cues.with(index, { ...cue, to }))} />
        </Row>
      ))}
      <Add people={people} onAdd={(to) => set([...cues, { kind: 'words', value: '', to }])}>
        Add a cue
      </Add>
    </Rows>
  );
}

function CueFields({ cue, onCue }: { cue: CueRow; onCue: (cue: CueRow) => void }) {
  return (
    <>
      <Select
        label="Because of"
        options={CUES}
        value={cue.kind}
        onChange={(kind) => onCue({ ...cue, kind, value: kind === 'stage' ? 'family' : '' })}
      />
      {cue.kind === 'stage' ? (
        <Select
          label="Which"
          options={STAGES}
          value={cue.value}
          onChange={(value) => onCue({ ...cue, value })}
        />
      ) : (
        <TextField
          label={cue.kind === 'words' ? 'With commas between' : 'How much'}
          value={cue.value}
          maxLength={300}
          autoComplete="off"
          onChange={(value) => onCue({ ...cue, value })}
        />
      )}
    </>
  );
}

interface PersonProps {
  people: readonly PersonRow[];
  to: string;
  onTo: (to: string) => void;
}

/** One of those who answer; whoever was named before and is none of them any more stays to be seen. */
function Person({ people, to, onTo }: PersonProps) {
  const isKnown = people.some(({ email }) => email.toLowerCase() === to.toLowerCase());
  return (
    <Select
      label="It is"
      options={[
        ...(isKnown ? [] : [{ label: to || 'Choose', value: to }]),
        ...people.map(({ name, email }) => ({ label: name || email, value: email.toLowerCase() })),
      ]}
      value={isKnown ? to.toLowerCase() : to}
      onChange={onTo}
    />
  );
}

function Rows({ title, error, children }: { title: string; error: string | undefined; children: ReactNode }) {
  return (
    <BlockStack gap="300">
      <Text as="h3" variant="headingSm">
        {title}
      </Text>
      {children}
      {error ? <InlineError message={error} fieldID={title} /> : null}
    </BlockStack>
  );
}

function Row({ label, children, onRemove }: { label: string; children: ReactNode; onRemove: () => void }) {
  return (
    <InlineStack gap="200" blockAlign="end">
      {children}
      <Button variant="tertiary" accessibilityLabel={`Take away: ${label}`} onClick={onRemove}>
        Take away
      </Button>
    </InlineStack>
  );
}

interface AddProps {
  people: readonly PersonRow[];
  onAdd: (to: string) => void;
  children: string;
}

function Add({ people, onAdd, children }: AddProps) {
  const [first] = people;
  return (
    <InlineStack gap="200" blockAlign="center">
      <Button disabled={!first} onClick={() => first && onAdd(first.email.toLowerCase())}>
        {children}
      </Button>
      {first ? null : (
        <Text as="span" tone="subdued">
          Say first who answers.
        </Text>
      )}
    </InlineStack>
  );
}
