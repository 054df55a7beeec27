/** Where everything stands in a file, and what is wrong there: collected while it is read. */
import { LineCounter } from 'yaml';
import type { TextProblem } from './text.ts';

/** The way to a value from the top: fields of the plan as the schema names them, `mails` by key and language. */
export type Path = readonly (string | number)[];

const isWithin = (path: Path, outer: Path) => outer.every((part, index) => part === path[index]);
const nameOf = (path: Path) => JSON.stringify(path);

export class Places {
  readonly lines = new LineCounter();
  readonly problems: TextProblem[] = [];
  private readonly starts = new Map<string, number>([[nameOf([]), 0]]);
  private readonly steps = new Map<number, string>();
  /** Ways from steps, and where they lead. */
  private readonly links: { path: Path; target: string }[] = [];
  private readonly texts: { path: Path; offset: number; text: string; isBlock: boolean }[] = [];
  private readonly faulty: Path[] = [];

  set(path: Path, offset: number): void {
    this.starts.set(nameOf(path), offset);
  }

  step(index: number, key: string): void {
    this.steps.set(index, key);
  }

  link(path: Path, target: string): void {
    this.links.push({ path, target });
  }

  /** @param isBlock its lines stand below the place, as they are */
  text(path: Path, offset: number, text: string, isBlock: boolean): void {
    this.texts.push({ path, offset, text, isBlock });
  }

  /**
   * Where in the texts of a value something is wrong.
   * @param blamed the line of a text, from 0 on; null: it is not to blame
   */
  offsetIn(path: Path, blamed: (text: string) => number | null): number | null {
    for (const { path: at, offset, text, isBlock } of this.texts) {
      if (!isWithin(at, path)) continue;
      const line = blamed(text);
      if (line === null) continue;
      return isBlock ? (this.lines.lineStarts[this.lines.linePos(offset).line + line] ?? offset) : offset;
    }
    return null;
  }

  has(path: Path): boolean {
    return this.starts.has(nameOf(path));
  }

  /** Whether something in this value, or around it, has been found wrong already. */
  isFaulty(path: Path): boolean {
    return this.faulty.some((each) => isWithin(path, each) || isWithin(each, path));
  }

  report(path: Path, code: TextProblem['code'], detail: string, more: Partial<TextProblem> = {}): void {
    this.faulty.push(path);
    this.reportAt(this.nearest(path), code, detail, { step: this.stepOf(path), ...more });
  }

  reportAt(offset: number, code: TextProblem['code'], detail: string, more: Partial<TextProblem> = {}): void {
    const { line, col } = this.lines.linePos(offset);
    this.problems.push({
      level: 'error',
      line: Math.max(line, 1),
      column: Math.max(col, 1),
      step: null,
      code,
      detail,
      ...more,
    });
  }

  /** The value of a step; of its way to `target`, where one is asked for. The top where there is no such step. */
  pathOfStep(key: string | null, target?: string): Path {
    const index = [...this.steps].findLast(([, each]) => each === key)?.[0];
    if (index === undefined) return [];
    const way = this.links.find(({ path, target: to }) => to === target && path[1] === index);
    return way?.path ?? ['steps', index];
  }

  private stepOf([top, index]: Path): string | null {
    return top === 'steps' ? (this.steps.get(Number(index)) ?? null) : null;
  }

  /** Of what is not there, the place around it. */
  private nearest(path: Path): number {
    return this.starts.get(nameOf(path)) ?? this.nearest(path.slice(0, -1));
  }
}
