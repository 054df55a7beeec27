/** Filling in a plain HTML form as somebody with an opinion would. */

/** The fields of the first form that is posted; null when the page has none. */
export function fillForm(page: string, score: number, words: string | null): URLSearchParams | null {
  const form = /<form[^>]*method="post"[^>]*>([\s\S]*?)<\/form>/i.exec(page)?.[1];
  if (form === undefined) return null;
  const fields = new URLSearchParams();
  const radios = new Map<string, string[]>();
  for (const [tag] of form.matchAll(/<input\b[^>]*>/gi)) {
    const name = attribute(tag, 'name');
    const value = attribute(tag, 'value') ?? '';
    if (!name) continue;
    if (attribute(tag, 'type') === 'hidden') fields.append(name, value);
    if (attribute(tag, 'type') === 'radio') radios.set(name, [...(radios.get(name) ?? []), value]);
  }
  for (const [name, values] of radios) fields.append(name, choice(values, score));
  // One text is enough, however many products there are.
  const [text] = form.matchAll(/<textarea\b[^>]*>/gi);
  const name = text && attribute(text[0], 'name');
  if (name && words) fields.append(name, words);
  return fields;
}

function choice(values: string[], score: number): string {
  const wanted = String(score);
  return values.includes(wanted) ? wanted : (values[score % values.length] ?? '');
}

function attribute(tag: string, name: string): string | null {
  return new RegExp(`\\b${name}="([^"]*)"`, 'i').exec(tag)?.[1] ?? null;
}
