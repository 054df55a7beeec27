/** What came in makes no sense: the message says what and where, the caller gets status 400. */
export class BadInput extends Error {
  override name = 'BadInput';
}
