/** Pieces of the statements that read a batch. */

/**
 * At most one row of a table for each `t` of a batch, looked up by its key. As a plain join the planner reads whole
 * tables for five hundred rows, or compares all with all where it has been told not to hash.
 */
export const one = (columns: string, table: string, where: string): string =>
  `left join lateral (select ${columns} from ${table} o where o.shop_id = t.shop_id and ${where} limit 1)`;

/**
 * Until the transaction ends. A batch looks its rows up by their keys; left to itself, the planner reads whole tables
 * of some tens of thousands of rows for five hundred of them, at twice the cost of the rest of the step.
 */
export const BY_KEY = `select set_config('enable_hashjoin', 'off', true), set_config('enable_mergejoin', 'off', true)`;
