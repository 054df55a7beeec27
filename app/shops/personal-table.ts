/** Rows of a customer, and of an order, over the parameters of `mine`. */
export const OF_CUSTOMER = 'customer_id = any($2::uuid[])';
export const OF_ORDER = 'order_id = any($3::bigint[])';

/** What is said of a table with personal data: erasure.ts has them all. */
export interface PersonalTable {
  table: string;
  /** Columns with personal data, or of a kind that could hold some. */
  columns: readonly string[];
  /**
   * Which rows are a person's, over $1 shop, $2 customers (uuid[]), $3 orders (bigint[]); null: none is any customer's.
   */
  mine: string | null;
  /** `row`: the row goes. Otherwise what each column becomes; what is not named stays, without the person. */
  erase: 'row' | Readonly<Record<string, string>> | null;
  /** Why rows of a person, or columns that could hold personal data, stay as they are. */
  because?: string;
  /** Part of what a person gets to see who asks for their data. */
  exported?: true;
  /**
   * Which rows belong to the time before the shop installed again, over $1 shop, $2 installed at, $3 epoch;
   * null: nothing, or gone by a foreign key.
   */
  former: string | null;
}
