/** What the Admin API is asked, and what it can answer; outside failures are sorted here, once. */

/** A checked GraphQL document with the shape of its variables and of its data. */
export interface AdminDocument<Data, Variables> {
  text: string;
  /** Mutations are never repeated after a network failure: what they did is not known then. */
  isMutation: boolean;
  /** Only for the compiler. */
  readonly types?: (variables: Variables) => Data;
}

/** Names the types of a document; `tests/contracts/admin-documents.test.ts` validates the text. */
export function adminDocument<Data, Variables = Record<string, never>>(
  text: string,
): AdminDocument<Data, Variables> {
  return { text: text.trim(), isMutation: /^\s*mutation\b/m.test(text) };
}

/** Something that a merchant or a program has to change; the same request fails again. */
export interface UserError {
  field: readonly string[] | null;
  message: string;
  code: string | null;
}

export type AdminResult<Data> =
  | { outcome: 'ok'; data: Data }
  /** Shopify understood and said no. `data` has the rest of the answer. */
  | { outcome: 'user-errors'; errors: readonly UserError[]; data: Data }
  /** The shop's budget is used up, longer than the caller wants to wait. */
  | { outcome: 'throttled'; retryAfterSeconds: number }
  /** The token is refused or there is none: uninstalled, or the merchant has to open the app. */
  | { outcome: 'unauthorized' }
  /** The document or a scope is wrong: asking again does not help. Codes only. */
  | { outcome: 'refused'; codes: readonly string[] }
  /** No answer, or one that says nothing. A mutation may have been done. */
  | { outcome: 'unavailable'; retryAfterSeconds: number };

/** One shop's Admin API. */
export interface AdminClient {
  query<Data, Variables>(
    document: AdminDocument<Data, Variables>,
    variables: Variables,
    options?: AdminOptions,
  ): Promise<AdminResult<Data>>;
}

export interface AdminOptions {
  /** Milliseconds that may be spent waiting for the shop's budget; more for jobs than for pages. */
  patience?: number;
}
