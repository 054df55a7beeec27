/** Reasons of decisions as sentences for staff, in their language. Codes and numbers are stored; words are made here. */
import { Temporal } from 'temporal-polyfill';
import type { Reason } from './decide.ts';
import type { FactName, Value } from './facts.ts';
import { de } from './words/de.ts';
import { en } from './words/en.ts';
import { es } from './words/es.ts';
import { fr } from './words/fr.ts';
import type { Words } from './words/words.ts';

const LANGUAGES: Record<string, Words> = { en, de, fr, es };

/**
 * Why something was decided: "moved from Sat 02:10: night in Madrid".
 * @param locale BCP 47; English where the language is not spoken here
 */
export function explain(reason: Reason, locale = 'en'): string {
  const words = LANGUAGES[locale.split('-')[0]!] ?? en;
  const { code } = reason;
  if (code.startsWith('exit:'))
    return words.exits[code.slice('exit:'.length)] ?? words.exit(code.slice('exit:'.length));
  if (code === 'night') return words.night(localTime(reason, locale), placeOf(String(reason['zone'])));
  if (code === 'rest-day') return words.restDay(localTime(reason, locale));
  if (code === 'branch') return withSeen(words.branch(Number(reason['branch'])), reason, words);
  if (code === 'otherwise') return withSeen(words.reasons.otherwise, reason, words);
  if (code === 'split') return words.split(String(reason['way']));
  const known = words.reasons[code] ?? code;
  const said = reason['said'];
  return typeof said === 'string' && said !== '' ? words.said(known, said) : known;
}

/** "condition 1 held (orders: 3, country: DE)": what was looked at, and what it was. */
function withSeen(sentence: string, { seen }: Reason, words: Words): string {
  if (typeof seen !== 'string') return sentence;
  const known = JSON.parse(seen) as [FactName, Value][];
  const told = known.map(([name, value]) => `${words.facts[name] ?? name}: ${valueOf(name, value, words)}`);
  return told.length > 0 ? `${sentence} (${told.join(', ')})` : sentence;
}

const MONEY: ReadonlySet<FactName> = new Set<FactName>(['customer.spent', 'order.total']);

function valueOf(name: FactName, value: Value, { values }: Words): string {
  if (typeof value === 'number' && MONEY.has(name)) return (value / 100).toFixed(2);
  if (Array.isArray(value)) return value.join(' + ') || '–';
  const text = String(value);
  return text in values ? values[text as keyof Words['values']] : text;
}

/** "Sat 02:10" on the customer's clock. */
function localTime({ from, zone }: Reason, locale: string): string {
  return Temporal.Instant.from(String(from))
    .toZonedDateTimeISO(String(zone))
    .toLocaleString(locale, { weekday: 'short', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
}

/** "Europe/Madrid" → "Madrid" */
const placeOf = (zone: string) => zone.split('/').at(-1)!.replaceAll('_', ' ');
