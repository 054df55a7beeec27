/** What the command was asked to do, and how its answer is told. */
import { parseArgs } from 'node:util';
import { appAt, CannotDo, type Asking } from './app.ts';
import { check, diff, pull, push, simulate, type Done, type Wish } from './doings.ts';

const USAGE = `npm run sequences -- WHAT [FILES] [options]

  check [FILES]      whether they may be published; with a token, by what the shop has too
  diff [FILES]       what a push would change, and for whom
  pull [KEYS]        writes the shop's sequences into files, all of them or those named
  push [FILES]       takes them into the shop, as drafts or published
  simulate [FILES]   tries each on the shop's last 90 days, without saving it

FILES are files or folders; without any, the folder of --dir.

  --url URL          where the app runs            (or EVERAFTER_URL)
  --token TOKEN      made in Settings, Developers  (or EVERAFTER_TOKEN)
  --dir DIR          where files lie: sequences, unless said
  --draft            pull: what is drawn rather than what is live
  --publish stay|move  push: publish; those inside stay in their version or move into the new one
  --over COMMIT      push: replaces what the file was at that commit, instead of what it was pulled from
  --force            push: over anything; pull: over changed files
  --json             one JSON object instead of lines`;

type Doing = (wish: Wish) => Promise<Done>;
const DOINGS: Readonly<Record<string, { do: Doing; needsApp: boolean }>> = {
  check: { do: check, needsApp: false },
  diff: { do: diff, needsApp: true },
  pull: { do: pull, needsApp: true },
  push: { do: push, needsApp: true },
  simulate: { do: simulate, needsApp: true },
};

const OPTIONS = {
  url: { type: 'string' },
  token: { type: 'string' },
  dir: { type: 'string', default: 'sequences' },
  draft: { type: 'boolean', default: false },
  publish: { type: 'string' },
  over: { type: 'string' },
  force: { type: 'boolean', default: false },
  json: { type: 'boolean', default: false },
  help: { type: 'boolean', default: false },
} as const;

/** @param say where lines go; @returns what the process ends with */
export async function main(
  args: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
  from: string,
  say: Pick<Console, 'log' | 'error'> = console,
): Promise<number> {
  const isJson = args.includes('--json');
  try {
    const { values, positionals } = read(args);
    const [what = '', ...names] = positionals;
    if (values.help) return tell(say, isJson, { rows: [USAGE], json: { usage: USAGE }, isFine: true });
    const doing = Object.hasOwn(DOINGS, what) ? DOINGS[what]! : null;
    if (!doing) throw new CannotDo(what ? `“${what}” cannot be done.\n\n${USAGE}` : USAGE);
    const app = askingAt(values.url ?? env['EVERAFTER_URL'], values.token ?? env['EVERAFTER_TOKEN']);
    if (doing.needsApp && !app) {
      throw new CannotDo(`${what} asks the app: say where it runs and show a token (--url, --token).`);
    }
    const { publish = null } = values;
    if (publish !== null && publish !== 'stay' && publish !== 'move') {
      throw new CannotDo('--publish stay, or --publish move: what happens to those inside');
    }
    return tell(
      say,
      isJson,
      await doing.do({ ...values, over: values.over ?? null, publish, names, from, app }),
    );
  } catch (error) {
    if (!(error instanceof CannotDo)) throw error;
    if (isJson) say.log(JSON.stringify({ error: error.message }));
    else say.error(error.message);
    return 2;
  }
}

function read(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options: OPTIONS, allowPositionals: true });
  } catch (error) {
    throw new CannotDo((error as Error).message, { cause: error });
  }
}

function askingAt(url: string | undefined, token: string | undefined): Asking | null {
  if (!url || !token) return null;
  if (!URL.canParse(url)) throw new CannotDo(`${url} is no address`);
  return appAt(url, token);
}

function tell(say: Pick<Console, 'log'>, isJson: boolean, { rows, json, isFine }: Done): number {
  say.log(isJson ? JSON.stringify(json) : rows.join('\n'));
  return isFine ? 0 : 1;
}
