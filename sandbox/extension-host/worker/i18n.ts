/** `shopify.i18n` over the extension's own locale files. Unlike Shopify's, a missing translation throws. */
import type { RunOptions } from '../protocol.ts';

type Tree = Record<string, unknown>;
type Options = Record<string, unknown> & { inExtensionLocale?: boolean };

export type I18nOptions = Pick<RunOptions, 'translations' | 'locale' | 'extensionLocale'>;

export function createI18n({ translations, locale, extensionLocale }: I18nOptions) {
  const split = ({ inExtensionLocale, ...format }: Options = {}) => ({
    in: inExtensionLocale ? extensionLocale : locale,
    format,
  });
  return {
    formatNumber(value: number | bigint, options?: Options) {
      const chosen = split(options);
      return new Intl.NumberFormat(chosen.in, chosen.format).format(value);
    },
    formatCurrency(value: number | bigint, options?: Options) {
      const chosen = split(options);
      return new Intl.NumberFormat(chosen.in, {
        style: 'currency',
        currency: 'USD',
        ...chosen.format,
      }).format(value);
    },
    formatDate(value: Date, options?: Options) {
      const chosen = split(options);
      return new Intl.DateTimeFormat(chosen.in, chosen.format).format(value);
    },
    translate(key: string, options: Record<string, unknown> = {}): unknown {
      const found = find(translations.chosen, key) ?? find(translations.fallback, key);
      const text = plural(found, options.count, extensionLocale);
      if (typeof text !== 'string')
        throw new Error(`Missing translation for key: ${key} (locale: ${extensionLocale})`);
      return interpolate(text, options, key, extensionLocale);
    },
  };
}

function find(tree: Tree, key: string): unknown {
  return key.split('.').reduce<unknown>((node, part) => (node as Tree | undefined)?.[part], tree);
}

function plural(found: unknown, count: unknown, locale: string): unknown {
  if (typeof found !== 'object' || found === null || typeof count !== 'number') return found;
  const forms = found as Record<string, string>;
  return (
    (count === 0 ? forms.zero : undefined) ?? forms[new Intl.PluralRules(locale).select(count)] ?? forms.other
  );
}

/** Replaces `{{name}}`; a replacement that is an element makes the result an array, as Shopify's does. */
function interpolate(text: string, options: Record<string, unknown>, key: string, locale: string): unknown {
  const parts = text.split(/\{\{\s*(\w+)\s*\}\}/).map((part, i): unknown => {
    if (i % 2 === 0) return part;
    const value = options[part];
    if (value === undefined) throw new Error(`Missing replacement {{${part}}} for ${key}`);
    return part === 'count' && typeof value === 'number'
      ? new Intl.NumberFormat(locale).format(value)
      : value;
  });
  const filled = parts.filter((part) => part !== '');
  return filled.every((part) => typeof part !== 'object') ? filled.join('') : filled;
}
