/** The five things that the command does. Each answers with lines for people and an object for programs. */
import type { Mail, Pushed as PushedInApp } from '../../app/sequences/push-text.server.ts';
import { mkdirSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { judge } from '../../app/sequences/text/judge-text.ts';
import { inOrder, readText } from '../../app/sequences/text/read-text.ts';
import { contentOf, stamped } from '../../app/sequences/text/stamp.ts';
import { textProblemInWords } from '../../app/ui/textWords.ts';
import { CannotDo, type Asking, type WiredProblem } from './app.ts';
import { difference, fileAt, filesAt, type TextFile } from './files.ts';
import { effectsInWords, reportInWords } from './words.ts';

export interface Wish {
  names: readonly string[];
  /** The folder that names start from. */
  from: string;
  /** Null for `check` without a token. */
  app: Asking | null;
  dir: string;
  draft: boolean;
  publish: 'stay' | 'move' | null;
  over: string | null;
  force: boolean;
}

export interface Done {
  rows: string[];
  json: object;
  isFine: boolean;
}

const filesOf = ({ names, from, dir }: Wish) => filesAt(names.length > 0 ? names : [dir], from);

const problemRows = (file: string, problems: readonly WiredProblem[]) =>
  problems.map(({ line, column, level, step, message }) => {
    const where = step === null ? '' : ` (step ${step})`;
    return `${file}:${line}:${column}: ${level}: ${message}${where}`;
  });

/** What can be known without asking anybody. */
function judgedHere(text: string): { key: string | null; problems: WiredProblem[] } {
  const reading = readText(text);
  if (!('problems' in reading)) judge(reading.sequence, reading.places, null);
  const problems = 'problems' in reading ? reading.problems : inOrder(reading.places.problems);
  return {
    key: 'problems' in reading ? null : reading.sequence.key,
    problems: problems.map((problem) => ({ ...problem, message: textProblemInWords(problem) })),
  };
}

export async function check(wish: Wish): Promise<Done> {
  const files = filesOf(wish);
  const here = files.map(({ file, text }) => ({ file, ...judgedHere(text) }));
  const judged = here.map(({ file, key, problems }) => {
    const other = here.find((each) => each.file !== file && each.key !== null && each.key === key);
    const twice = { level: 'error', line: 1, column: 1, step: null, code: 'same-key-twice' } as const;
    return {
      file,
      problems: other ? [...problems, { ...twice, message: `${other.file} is “${key}” as well.` }] : problems,
    };
  });
  if (wish.app) {
    const { body } = await wish.app.send('POST', '/api/sequences/check', {
      files: files.map(({ file, text }) => ({ file, text })),
    });
    for (const { file, problems } of (body as { files: typeof judged }).files) {
      const mine = judged.find((each) => each.file === file)!;
      // The shop says all that the file alone says, and more.
      mine.problems = [
        ...problems,
        ...mine.problems.filter(
          ({ code }) => code === 'same-key-twice' && !problems.some((each) => each.code === code),
        ),
      ];
    }
  }
  const isFine = judged.every(({ problems }) => problems.every(({ level }) => level === 'warning'));
  const rows = judged.flatMap(({ file, problems }) => problemRows(file, problems));
  const count = files.length === 1 ? 'One file' : `${files.length} files`;
  const sound = wish.app ? 'may be published' : 'well formed; what only the shop knows was not asked';
  return { rows: isFine ? [...rows, `${count}: ${sound}.`] : rows, json: { files: judged }, isFine };
}

/** Problems of a file that the app would not take, as a row for each. */
interface Refused {
  problems: WiredProblem[];
}

export async function diff(wish: Wish): Promise<Done> {
  const rows: string[] = [];
  const results: object[] = [];
  let isFine = true;
  for (const { file, text } of filesOf(wish)) {
    const { status, body } = await wish.app!.send('POST', '/api/sequences/compare', { text });
    if (status === 422) {
      rows.push(...problemRows(file, (body as Refused).problems));
      results.push({ file, ...(body as Refused) });
      isFine = false;
      continue;
    }
    const compared = body as { theirs: string | null; ours: string; inside: number; stay: []; move: [] };
    const changes = difference(compared.theirs ?? '', compared.ours, file);
    const same = changes === '';
    isFine &&= same;
    rows.push(
      same ? `${file}: as in the shop.` : changes.trimEnd(),
      ...(same ? [] : effectsInWords(compared)),
    );
    results.push({
      file,
      same,
      isNew: compared.theirs === null,
      inside: compared.inside,
      stay: compared.stay,
      move: compared.move,
      changes,
    });
  }
  return { rows, json: { files: results }, isFine };
}

export async function pull(wish: Wish): Promise<Done> {
  const app = wish.app!;
  const { body } = await app.get('/api/sequences');
  const all = (body as { sequences: { key: string }[] }).sequences.map(({ key }) => key);
  const missing = wish.names.filter((name) => !all.includes(name));
  if (missing.length > 0)
    throw new CannotDo(`The shop has no sequence ${missing.join(', ')}. It has: ${all.join(', ')}`);
  const folder = path.resolve(wish.from, wish.dir);
  mkdirSync(folder, { recursive: true });
  const files: { file: string; key: string; what: 'written' | 'as it was' | 'left' }[] = [];
  for (const key of wish.names.length > 0 ? wish.names : all) {
    const answer = await app.get(
      `/api/sequences/text/${encodeURIComponent(key)}${wish.draft ? '?of=draft' : ''}`,
    );
    const full = path.join(folder, `${key}.yaml`);
    const file = path.relative(wish.from, full);
    files.push({ file, key, what: written(full, String(answer.body), wish.force) });
  }
  const rows = files.map(({ file, what }) =>
    what === 'left'
      ? `${file}: left, it has changes that the shop does not know. Push it, or pull with --force.`
      : `${file}: ${what}.`,
  );
  return { rows, json: { files }, isFine: files.every(({ what }) => what !== 'left') };
}

/** Notes of people stay where nothing else has changed; changes that were never pushed are not written over. */
function written(full: string, text: string, force: boolean): 'written' | 'as it was' | 'left' {
  const before = existsSync(full) ? readFileSync(full, 'utf8') : null;
  const [old, fresh] = [before === null ? null : readText(before), readText(text)];
  if (old && 'sequence' in old && 'sequence' in fresh) {
    const stamp = fresh.sequence.pulled!;
    if (contentOf(old.sequence) === contentOf(fresh.sequence)) {
      writeFileSync(full, stamped(before!, stamp));
      return 'as it was';
    }
    // The shop is where it was when this was pulled: the changes are the file's own.
    if (old.sequence.pulled === stamp && !force) return 'left';
  }
  writeFileSync(full, text);
  return 'written';
}

export async function push(wish: Wish): Promise<Done> {
  const rows: string[] = [];
  const results: object[] = [];
  let isFine = true;
  for (const file of filesOf(wish)) {
    const over = wish.over === null ? null : fileAt(wish.over, file);
    const { publish, force } = wish;
    const { status, body } = await wish.app!.send('PUT', '/api/sequences/push', {
      text: file.text,
      publish,
      force,
      over,
    });
    results.push({ file: file.file, ...(body as object) });
    if (status === 200) {
      const pushed = body as Pushed;
      // What git is the source of stays as git has it.
      if (wish.over === null) writeFileSync(file.path, stamped(file.text, pushed.pulled));
      rows.push(`${file.file}: ${pushedInWords(pushed)}`, ...problemRows(file.file, pushed.warnings));
      continue;
    }
    isFine = false;
    if (status === 422) rows.push(...problemRows(file.file, (body as Refused).problems));
    else
      rows.push(
        `${file.file}: not pushed. ${(body as { error: string }).error} Pull it again, or push with --force.`,
      );
  }
  return { rows, json: { files: results }, isFine };
}

/** As the app answers it, with its problems in words. */
type Pushed = Omit<Extract<PushedInApp, { outcome: 'pushed' }>, 'warnings'> & { warnings: WiredProblem[] };

function pushedInWords({ isNew, version, isPublished, moved, saved, removed, left }: Pushed): string {
  const kept = isPublished ? `version ${version} is live` : 'kept as a draft';
  const names = (mails: readonly Mail[]) => mails.map(({ key, locale }) => `${key} (${locale})`).join(', ');
  return [
    `${isNew ? 'a new sequence, switched off, ' : ''}${kept}${moved > 0 ? `, and ${moved} inside follow it` : ''}.`,
    ...(saved.length > 0 ? [`Mails: ${names(saved)}.`] : []),
    ...(removed.length > 0 ? [`No longer written in these languages: ${names(removed)}.`] : []),
    ...(left.length > 0
      ? [`Customers get these mails already, so a draft leaves them as they are: ${names(left)}.`]
      : []),
  ].join(' ');
}

/** Milliseconds between two looks at a try. */
const LOOK_EVERY = 500;

interface Try {
  id: string;
  state: 'waiting' | 'running' | 'done' | 'failed';
  progress: number;
  report: Parameters<typeof reportInWords>[0] | null;
}

export async function simulate(wish: Wish): Promise<Done> {
  const rows: string[] = [];
  const results: object[] = [];
  let isFine = true;
  for (const file of filesOf(wish)) {
    const { status, body } = await wish.app!.send('POST', '/api/sequences/simulate', { text: file.text });
    if (status !== 202) {
      isFine = false;
      results.push({ file: file.file, ...(body as object) });
      if (status === 422) rows.push(...problemRows(file.file, (body as Refused).problems));
      else rows.push(`${file.file}: ${(body as { error: string }).error}`);
      continue;
    }
    const tried = await untilDone(wish.app!, body as { key: string; id: string }, file);
    results.push({ file: file.file, state: tried.state, report: tried.report });
    isFine &&= tried.state === 'done';
    rows.push(
      ...(tried.report
        ? [`${file.file}:`, ...reportInWords(tried.report)]
        : [`${file.file}: the try failed.`]),
    );
  }
  return { rows, json: { files: results }, isFine };
}

async function untilDone(
  app: Asking,
  { key, id }: { key: string; id: string },
  { file }: TextFile,
): Promise<Try> {
  for (let told = -1; ;) {
    const { body } = await app.get(`/api/sequences/simulation/${encodeURIComponent(key)}`);
    const tried = body as Try;
    if (tried.id !== id) throw new CannotDo(`${file}: given up, for somebody asked for another try.`);
    if (tried.state === 'done' || tried.state === 'failed') return tried;
    const percent = Math.floor(tried.progress * 100);
    if (percent !== told) console.error(`${file}: ${percent} %`);
    told = percent;
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY));
  }
}
