/**
 * In SQL: the id of what a row was joined to by somebody, its own while it was not. Written out, since of coalesce() the
 * planner does not know that it tells nothing: behind a policy it would use no index, and read all rows of the shop.
 * @param row its name in the statement
 */
export const followed = (row: string): string =>
  `case when ${row}.merged_into is null then ${row}.id else ${row}.merged_into end`;
