/** A programme as its page posts it. */
import { z } from 'zod';
import { audienceSchema, type Audience } from './audience.ts';
import { shareProblems, sharesSchema, type Shares } from './shares.ts';
import { termsIn, type Terms } from './terms.ts';

export interface PostedProgram {
  name: string;
  status: 'on' | 'off';
  terms: Terms;
  audience: Audience;
  shares: Shares;
}

const posted = z.object({
  name: z.string().trim().min(1).max(60),
  status: z.enum(['on', 'off']),
  terms: z.unknown(),
  audience: audienceSchema,
  shares: sharesSchema,
});

const WORDS: Record<string, string> = {
  name: 'A name of 1 to 60 letters.',
  audience: 'Stages, and up to 20 tags.',
};

/** What was posted, or what is wrong with it, by field: "advocate", "de.whatsapp". Nothing is saved by half. */
export function programIn(body: unknown): { program: PostedProgram } | { errors: Record<string, string> } {
  const read = posted.safeParse(body);
  if (!read.success) {
    const fields = read.error.issues.map(({ path }) => String(path[0] ?? 'name'));
    return {
      errors: Object.fromEntries(
        fields.map((field) => [field, WORDS[field] ?? 'This cannot be saved as it is.']),
      ),
    };
  }
  const terms = termsIn(read.data.terms);
  const problems = shareProblems(read.data.shares);
  if ('errors' in terms) return { errors: { ...problems, ...terms.errors } };
  if (Object.keys(problems).length > 0) return { errors: problems };
  return { program: { ...read.data, terms: terms.terms } };
}
