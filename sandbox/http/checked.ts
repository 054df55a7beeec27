/** Input is checked by a schema; what is wrong is said with the place where it is. */

import type { z } from 'zod';
import { BadInput } from '../bad-input.ts';

export function checked<Schema extends z.ZodType>(schema: Schema, value: unknown): z.infer<Schema> {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  throw new BadInput(result.error.issues.map(explain).join('; '));
}

function explain(issue: z.core.$ZodIssue): string {
  const where = issue.path
    .map((part, index) => (typeof part === 'number' ? `[${part}]` : `${index > 0 ? '.' : ''}${String(part)}`))
    .join('');
  if (issue.code === 'unrecognized_keys') {
    const inside = where ? `${where}: ` : '';
    return `${inside}${issue.keys.map((key) => `"${key}"`).join(', ')} is not known here`;
  }
  return where ? `${where}: ${issue.message}` : issue.message;
}
