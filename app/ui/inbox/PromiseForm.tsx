import { BlockStack, Box, Card, Checkbox, FormLayout, InlineGrid, Text, TextField } from '@shopify/polaris';
import { CLOCKS } from '../../conversations/matters.ts';
import { SettingsPart } from '../SettingsPart.tsx';
import { PeopleFields } from './PeopleFields.tsx';
import { CLOCK_LABELS } from './inboxWords.ts';
import { LANGUAGES, type SettingsForm } from './settingsForm.ts';

interface PromiseFormProps {
  form: SettingsForm;
  errors: Readonly<Record<string, string>>;
  change: (changed: Partial<SettingsForm>) => void;
  /** Names of the shop's staff. */
  staff: readonly string[];
}

type FormProps = Omit<PromiseFormProps, 'staff'>;

type TextKey = {
  [Key in keyof SettingsForm]: SettingsForm[Key] extends string ? Key : never;
}[keyof SettingsForm];

const DAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];
const LANGUAGE_LABELS = { en: 'English', de: 'German', fr: 'French', es: 'Spanish' };

/** Promises, hours, people, thanks: all that a merchant sets about answering. */
export function PromiseForm(props: PromiseFormProps) {
  return (
    <>
      <Targets {...props} />
      <WorkingHours {...props} />
      <PeopleFields {...props} />
      <Afterwards {...props} />
    </>
  );
}

/** One field of the form that is a text. */
function Words({
  form,
  errors,
  change,
  field,
  ...rest
}: FormProps & { field: TextKey; label: string; helpText?: string; multiline?: number }) {
  return (
    <TextField
      {...rest}
      value={form[field]}
      error={errors[field]}
      autoComplete="off"
      onChange={(value) => change({ [field]: value })}
    />
  );
}

function Targets({ form, errors, change }: FormProps) {
  const set = (clock: (typeof CLOCKS)[number], field: 'reply' | 'resolution') => (value: string) =>
    change({ targets: { ...form.targets, [clock]: { ...form.targets[clock], [field]: value } } });
  return (
    <SettingsPart
      id="promises"
      title="Promises"
      description="How long customers wait, in minutes in which somebody is there. What is open counts by new promises at once."
    >
      <Card>
        <FormLayout>
          {CLOCKS.map((clock) => (
            <FormLayout.Group key={clock}>
              <TextField
                label={`${CLOCK_LABELS[clock]}: answered within`}
                suffix="minutes"
                inputMode="numeric"
                autoComplete="off"
                value={form.targets[clock].reply}
                error={errors[`targets.${clock}.reply`]}
                onChange={set(clock, 'reply')}
              />
              <TextField
                label="Settled within"
                suffix="minutes"
                helpText="Empty: no promise"
                inputMode="numeric"
                autoComplete="off"
                value={form.targets[clock].resolution}
                error={errors[`targets.${clock}.resolution`]}
                onChange={set(clock, 'resolution')}
              />
            </FormLayout.Group>
          ))}
          <Words
            field="warnMinutes"
            label="Warn before it is late, minutes"
            helpText="Or when a quarter of the time is left, whichever is shorter"
            {...{ form, errors, change }}
          />
        </FormLayout>
      </Card>
    </SettingsPart>
  );
}

function WorkingHours({ form, errors, change }: FormProps) {
  return (
    <SettingsPart
      id="hours"
      title="Working hours"
      description="On the shop's clock. The clocks of promises run only while somebody is there; a break is what lies between two stretches."
    >
      <Card>
        <FormLayout>
          {DAYS.map((label, index) => (
            <TextField
              key={label}
              label={label}
              placeholder="Day off"
              autoComplete="off"
              value={form.week[index] ?? ''}
              error={errors[`week.${index}`] ?? (index === 0 ? errors['week'] : undefined)}
              onChange={(value) => change({ week: form.week.with(index, value) })}
            />
          ))}
          <Checkbox
            label="Public holidays of the shop's country are days off"
            checked={form.publicHolidays}
            onChange={(publicHolidays) => change({ publicHolidays })}
          />
          <Words
            field="closedDays"
            label="Other days off"
            helpText="Like this: 2026-12-24, 2026-12-31"
            {...{ form, errors, change }}
          />
        </FormLayout>
      </Card>
    </SettingsPart>
  );
}

function Afterwards({ form, errors, change }: FormProps) {
  const all = { form, errors, change };
  return (
    <SettingsPart
      id="afterwards"
      title="By itself"
      description="Thanks for praise, the question whether it helped, what waits while something is wrong."
    >
      <Card>
        <FormLayout>
          <Checkbox
            label="Thank for praise by itself"
            helpText="Five of five, without a question in it. Nobody gets the same words twice in a row."
            checked={form.thanksOn}
            onChange={(thanksOn) => change({ thanksOn })}
          />
          {form.thanksOn ? (
            <BlockStack gap="200">
              <Text as="p" tone="subdued">
                A text a line. Without texts of yours, ours are used.
              </Text>
              <InlineGrid columns={{ xs: 1, md: 2 }} gap="300">
                {LANGUAGES.map((language) => (
                  <TextField
                    key={language}
                    label={LANGUAGE_LABELS[language]}
                    multiline={3}
                    autoComplete="off"
                    value={form.thanks[language] ?? ''}
                    error={language === 'en' ? errors['thanks'] : undefined}
                    onChange={(value) => change({ thanks: { ...form.thanks, [language]: value } })}
                  />
                ))}
              </InlineGrid>
            </BlockStack>
          ) : null}
          <Checkbox
            label="Ask once whether it helped"
            checked={form.helpOn}
            onChange={(helpOn) => change({ helpOn })}
          />
          <FormLayout.Group>
            <Words
              field="helpAfter"
              label="Hours after it was solved"
              {...{ ...all, errors: { helpAfter: errors['help'] ?? '' } }}
            />
            <Words field="holdDays" label="Days without asks and offers after a complaint" {...all} />
          </FormLayout.Group>
          <Checkbox
            label="Pause asks about a product that many complain about"
            checked={form.alarmOn}
            onChange={(alarmOn) => change({ alarmOn })}
          />
          <FormLayout.Group>
            <Words
              field="alarmCount"
              label="So many of the same complaint"
              {...{ ...all, errors: { alarmCount: errors['alarm'] ?? '' } }}
            />
            <Words field="alarmDays" label="Within days" {...all} />
          </FormLayout.Group>
          <Box>
            <Checkbox
              label="Show everybody how fast we answer"
              helpText="The true figure of the last thirty days, once there are twenty answers"
              checked={form.badge}
              onChange={(badge) => change({ badge })}
            />
          </Box>
        </FormLayout>
      </Card>
    </SettingsPart>
  );
}
