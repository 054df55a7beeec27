/** Who answers, who is told next and what is somebody's at once: a line each in the form, rows on the page. Pure. */

export interface PersonRow {
  name: string;
  email: string;
}
export interface StepRow {
  /** Working minutes, as typed. */
  lateBy: string;
  to: string;
}
export interface CueRow {
  kind: string;
  value: string;
  to: string;
}

const linesOf = (text: string) => (text === '' ? [] : text.split('\n'));

export const personRows = (text: string): PersonRow[] =>
  linesOf(text).map((line) => {
    const [, name, email] = /^(.*?) ?<([^>]*)>$/.exec(line) ?? [];
    return { name: name ?? line, email: email ?? '' };
  });
export const personLines = (rows: readonly PersonRow[]): string =>
  rows.map(({ name, email }) => `${name} <${email}>`).join('\n');

export const stepRows = (text: string): StepRow[] =>
  linesOf(text).map((line) => {
    const [, lateBy = '', to = ''] = /^(\S*)\s*(.*)$/.exec(line) ?? [];
    return { lateBy, to };
  });
export const stepLines = (rows: readonly StepRow[]): string =>
  rows.map(({ lateBy, to }) => `${lateBy.replace(/\s/g, '')} ${to}`).join('\n');

export const cueRows = (text: string): CueRow[] =>
  linesOf(text).map((line) => {
    const [, kind = 'words', value = line, to = ''] = /^(\w*): (.*) > (\S*)$/.exec(line) ?? [];
    return { kind, value, to };
  });
export const cueLines = (rows: readonly CueRow[]): string =>
  rows.map(({ kind, value, to }) => `${kind}: ${value} > ${to}`).join('\n');
