/** Tables that hold nothing of a customer's, though they look as if they could, and tables that outlive their shop. */

/** Tables with columns whose name or type could mean personal data, which hold none of a customer's. */
export const IMPERSONAL: Readonly<Record<string, string>> = {
  shop: 'the merchant’s own: blanked when the shop is erased',
  staff_member: 'names of the merchant’s staff: deleted at uninstall',
  shopify_session: 'tokens and staff: deleted at uninstall',
  stray_webhook: 'searched by erasePerson, deleted with the shop, dropped after some days',
  body_fingerprint: 'a hash',
  tombstone: 'keyed hashes, kept so that nobody comes back',
  suppression: 'keyed hashes, kept so that an unsubscribe outlives the erasure',
  survey: 'the merchant’s questions',
  survey_version: 'the merchant’s questions',
  sequence: 'the merchant’s plan',
  sequence_version: 'the merchant’s plan',
  simulation: 'the merchant’s plan, and counts',
  template: 'the merchant’s texts',
  brand_voice: 'the merchant’s words and rules',
  tag: 'the merchant’s subjects',
  social_account: 'the shop’s own account on a network, with its leave sealed',
  saved_view: 'the merchant’s filters; what they search for is theirs to keep',
  macro: 'the merchant’s texts',
  gesture_settings: 'what a merchant gives on which occasion',
  inbox_settings: 'the merchant’s promises, and addresses of their own people',
  product_alarm: 'counts',
  program: 'the merchant’s terms',
  product: 'what is sold',
  product_date: 'what is sold',
  product_clock: 'the merchant’s care guides',
  order_line: 'titles of products',
  removed_folder: 'names made of chance, of what is being deleted',
  review_attribute: 'the merchant’s questions',
  product_rating: 'counts, and a code',
  review_import: 'names of columns, and counts',
  review_import_chunk: 'a file on its way in: dropped when it is done, after two days at the latest',
  review_import_problem: 'names of columns, and codes',
  api_token: 'names and hashes of the merchant’s programs, and Shopify’s id of who made them',
  stage_rules: 'the merchant’s rules, counts, and ids of customers as examples',
  imap_mailbox: 'how far a mailbox of the installation has been read',
  sync_run: 'ids and codes of errors',
};

/** Kept when a shop is erased: so that nobody comes back, the receipt, and what is still to be deleted elsewhere. */
export const OUTLIVES_SHOP: readonly string[] = [
  'tombstone',
  'suppression',
  'data_request',
  'removed_folder',
];
