/** Structured logs with named fields only; secrets and personal data have no field here. */
import pino from 'pino';
import { config } from './config.server.ts';

/** Fields that a log line may carry. A field that is not listed does not compile. */
export interface LogFields {
  shopId?: bigint;
  topic?: string;
  kind?: string;
  job?: string;
  id?: string;
  count?: number;
  ms?: number;
  status?: number;
  attempt?: number;
  route?: string;
  /** Name and code of an error, never its message: messages of libraries carry tokens and addresses. */
  error?: string;
  stack?: string;
}

export interface Log {
  info(message: string, fields?: LogFields): void;
  warn(message: string, fields?: LogFields): void;
  error(message: string, fields?: LogFields): void;
}

let logger: pino.Logger | undefined;
const out = () => (logger ??= pino({ level: config().LOG_LEVEL, base: null }));

const printable = (fields: LogFields = {}) =>
  fields.shopId === undefined ? fields : { ...fields, shopId: String(fields.shopId) };

export const log: Log = {
  info: (message, fields) => out().info(printable(fields), message),
  warn: (message, fields) => out().warn(printable(fields), message),
  error: (message, fields) => out().error(printable(fields), message),
};

/** What of an error may be written down: its kind, its code, and where it came from. */
export function errorFields(error: unknown): Pick<LogFields, 'error' | 'stack'> {
  if (!(error instanceof Error)) return { error: typeof error };
  const code = 'code' in error ? ` ${String(error.code)}` : '';
  const stack = error.stack
    ?.split('\n')
    .filter((line) => /^\s+at /.test(line))
    .slice(0, 6)
    .join('\n');
  return { error: `${error.name}${code}`, ...(stack ? { stack } : {}) };
}
