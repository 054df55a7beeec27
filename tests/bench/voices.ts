/**
 * What customers say, and how fast it is taken in.
 *
 * - `answers_per_s`: answers to a survey that the app takes over HTTP while two processes of load send as fast as they can.
 * - `answers_p99_ms`: how long one waits at 500 a second, counted from when it was due.
 */
import { answers } from './voices/answers.ts';

export async function bench({ quick }: { quick: boolean }): Promise<Record<string, number>> {
  return { ...(await answers({ quick })) };
}
