/** Days as a mail says them. */

const formats = new Map<string, Intl.DateTimeFormat>();
const MOST_FORMATS = 1000;

/** Building a format costs a hundred times what using it does. */
export function dayFormat(locale: string, timeZone: string): (at: Date) => string {
  const name = `${locale} ${timeZone}`;
  let format = formats.get(name);
  if (!format) {
    if (formats.size >= MOST_FORMATS) formats.clear();
    formats.set(name, (format = new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeZone })));
  }
  return (at) => format.format(at);
}
