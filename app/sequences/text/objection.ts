/** What a schema has against a value, as the end of “This cannot be: …”. */
import type { z } from 'zod';

const KINDS: Record<string, string> = {
  string: 'a word or a sentence is wanted',
  number: 'a number is wanted',
  int: 'a whole number is wanted',
  boolean: 'true or false is wanted',
  array: 'a list is wanted',
  object: 'fields are wanted, each with its name',
};

export function objectionOf(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case 'invalid_type':
      return KINDS[issue.expected] ?? issue.message;
    case 'too_small':
      return tooSmall(issue.origin, Number(issue.minimum));
    case 'too_big':
      return tooBig(issue.origin, Number(issue.maximum));
    case 'invalid_format':
      return issue.format === 'url'
        ? 'an address is wanted that begins with https://'
        : 'it has letters or marks that may not stand here';
    default:
      return issue.message;
  }
}

function tooSmall(origin: string, least: number): string {
  if (origin === 'string') return least === 1 ? 'it is empty' : `${least} letters are the least`;
  return origin === 'array' ? `${least} at least must stand here` : `${least} is the least`;
}

function tooBig(origin: string, most: number): string {
  if (origin === 'string') return `${most} letters are the most`;
  return origin === 'array' ? `${most} at most may stand here` : `${most} is the most`;
}
