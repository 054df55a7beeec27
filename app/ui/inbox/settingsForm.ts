/** What is typed on the page of promises, and what it means. Texts as typed stay as they are until they are saved. */
import { z } from 'zod';
import { CLOCKS } from '../../conversations/matters.ts';
import { inboxSettingsSchema, type InboxSettings } from '../../conversations/settings.ts';
import { hoursText, readHours } from './hoursText.ts';

const typed = z.string().max(20_000);
const targetTyped = z.object({ reply: typed, resolution: typed });

/** A form as it is posted; what is typed in it may still be wrong. */
export const settingsFormSchema = z.object({
  /** Working minutes, as typed; `resolution` empty: no promise. */
  targets: z.record(z.enum(CLOCKS), targetTyped),
  week: z.array(typed).length(7),
  publicHolidays: z.boolean(),
  closedDays: typed,
  warnMinutes: typed,
  /** A line each: "Ana <ana@example.com>" */
  people: typed,
  me: typed,
  /** A line each: "60 owner@example.com" */
  chain: typed,
  /** A line each: "words: lawyer, refund > owner@example.com" */
  cues: typed,
  thanksOn: z.boolean(),
  /** By language, a text a line. */
  thanks: z.record(z.string(), typed),
  helpOn: z.boolean(),
  helpAfter: typed,
  holdDays: typed,
  alarmOn: z.boolean(),
  alarmCount: typed,
  alarmDays: typed,
  badge: z.boolean(),
});
export type SettingsForm = z.infer<typeof settingsFormSchema>;

export const LANGUAGES = ['en', 'de', 'fr', 'es'] as const;

export function formOf(settings: InboxSettings, userId: string): SettingsForm {
  const { targets, people, thanks, help, alarm } = settings;
  return {
    targets: Object.fromEntries(
      CLOCKS.map((clock) => [
        clock,
        { reply: String(targets[clock].reply), resolution: String(targets[clock].resolution ?? '') },
      ]),
    ) as SettingsForm['targets'],
    week: settings.week.map(hoursText),
    publicHolidays: settings.publicHolidays,
    closedDays: settings.closedDays.join(', '),
    warnMinutes: String(settings.warnMinutes),
    people: people.map(({ name, email }) => `${name} <${email}>`).join('\n'),
    me: people.find((person) => person.userId === userId)?.email ?? '',
    chain: settings.chain.map(({ lateBy, to }) => `${lateBy} ${to}`).join('\n'),
    cues: settings.cues.map(({ kind, value, to }) => `${kind}: ${value} > ${to}`).join('\n'),
    thanksOn: thanks.on,
    thanks: Object.fromEntries(
      LANGUAGES.map((language) => [language, (thanks.texts[language] ?? []).join('\n')]),
    ),
    helpOn: help.on,
    helpAfter: String(help.afterHours),
    holdDays: String(settings.holdDays),
    alarmOn: alarm.on,
    alarmCount: String(alarm.count),
    alarmDays: String(alarm.days),
    badge: settings.badge,
  };
}

const lines = (text: string) =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean);
const number = (text: string) => (text.trim() === '' ? Number.NaN : Number(text));

export type ReadForm = { settings: InboxSettings } | { errors: Record<string, string> };

/** Errors by field, in words. */
export function readForm(
  form: SettingsForm,
  before: Pick<InboxSettings, 'people'>,
  userId: string,
): ReadForm {
  const errors: Record<string, string> = {};
  const week = form.week.map((text, index) => {
    const read = readHours(text);
    if (!read)
      errors[`week.${index}`] =
        'Like this: 09:00-12:30, 13:30-18:00. At most until midnight, 24:00; empty for a day off';
    return read ?? [];
  });
  const settings = {
    targets: Object.fromEntries(
      CLOCKS.map((clock) => {
        const { reply, resolution } = form.targets[clock];
        return [
          clock,
          { reply: number(reply), resolution: resolution.trim() === '' ? null : number(resolution) },
        ];
      }),
    ),
    week,
    publicHolidays: form.publicHolidays,
    closedDays: form.closedDays.split(/[\s,]+/).filter(Boolean),
    warnMinutes: number(form.warnMinutes),
    people: lines(form.people).map((line) => readPerson(line, form, before, userId)),
    chain: lines(form.chain).map((line) => {
      const [lateBy = '', to = ''] = line.split(/\s+/);
      return { lateBy: number(lateBy), to: to.toLowerCase() };
    }),
    cues: lines(form.cues).map(readCue),
    thanks: {
      on: form.thanksOn,
      texts: Object.fromEntries(
        Object.entries(form.thanks)
          .map(([language, text]) => [language, lines(text)] as const)
          .filter(([, texts]) => texts.length > 0),
      ),
    },
    help: { on: form.helpOn, afterHours: number(form.helpAfter) },
    holdDays: number(form.holdDays),
    alarm: { on: form.alarmOn, count: number(form.alarmCount), days: number(form.alarmDays) },
    badge: form.badge,
  };
  const parsed = inboxSettingsSchema.safeParse(settings);
  for (const { path } of parsed.error?.issues ?? []) {
    const field = path[0] === 'targets' ? path.slice(0, 3).join('.') : String(path[0]);
    errors[field] ??= WRONG[String(path[0])] ?? 'This cannot be';
  }
  return parsed.success && Object.keys(errors).length === 0 ? { settings: parsed.data } : { errors };
}

const WRONG: Record<string, string> = {
  targets: 'Working minutes, from 1 to 60,000',
  week: 'Somebody has to be there on some day',
  closedDays: 'Days that there are, like this: 2026-12-24, 2026-12-31',
  warnMinutes: 'Minutes, from 1 to 1,440',
  people: 'A line each: Ana <ana@example.com>',
  chain: 'A line each: minutes, then an address: 60 ana@example.com',
  cues: 'A line each: words: lawyer, refund > ana@example.com. Or score, value, stage, contacts instead of words',
  help: 'Hours, from 0 to 720',
  holdDays: 'Days, from 0 to 90',
  alarm: 'From 2 to 100 complaints, within 1 to 90 days',
  thanks: 'At most 20 texts of 2,000 letters a language',
};

/** Whoever says that they are somebody, is; what others have said of themselves stays. */
function readPerson(line: string, form: SettingsForm, before: Pick<InboxSettings, 'people'>, userId: string) {
  const [, name = '', address = ''] = /^(.*?)\s*<([^>]*)>$/.exec(line) ?? [
    undefined,
    line.split('@')[0],
    line,
  ];
  const email = address.trim().toLowerCase();
  const known = before.people.find((person) => person.email === email)?.userId ?? null;
  const mine = form.me === email ? userId : known === userId ? null : known;
  return { name: name.trim() || email, email, userId: mine };
}

function readCue(line: string) {
  const [, kind = '', value = '', to = ''] = /^(\w+):\s*(.*?)\s*>\s*(\S+)$/.exec(line) ?? [];
  return { kind, value, to: to.toLowerCase() };
}
