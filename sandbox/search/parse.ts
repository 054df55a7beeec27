/** Shopify's search syntax: `status:open AND (tag:vip OR -total:<10) "free words"`. */

import { BadInput } from '../bad-input.ts';

export type Comparison = '=' | '>' | '>=' | '<' | '<=';
export type Query =
  | { kind: 'all'; of: Query[] }
  | { kind: 'any'; of: Query[] }
  | { kind: 'not'; of: Query }
  | { kind: 'term'; field: string | null; comparison: Comparison; value: string };

type Token = { text: string; quoted: boolean } | '(' | ')' | '-';

export function parseQuery(text: string): Query {
  const tokens = tokenize(text);
  let at = 0;

  function any(): Query {
    const of = [all()];
    while (isWord(tokens[at], 'OR')) {
      at++;
      of.push(all());
    }
    return of.length === 1 && of[0] ? of[0] : { kind: 'any', of };
  }

  function all(): Query {
    const of: Query[] = [];
    for (;;) {
      const token = tokens[at];
      if (isWord(token, 'AND')) {
        at++;
        continue;
      }
      if (token === undefined || token === ')' || isWord(token, 'OR')) break;
      of.push(one());
    }
    return of.length === 1 && of[0] ? of[0] : { kind: 'all', of };
  }

  function one(): Query {
    const token = tokens[at++];
    if (token === '-' || isWord(token, 'NOT')) return { kind: 'not', of: one() };
    if (token === '(') {
      const inner = any();
      if (tokens[at++] !== ')') throw new BadInput(`search "${text}": a closing bracket is missing`);
      return inner;
    }
    if (token === undefined || token === ')')
      throw new BadInput(`search "${text}": something is missing at the end`);
    return term(token);
  }

  const query = any();
  if (at < tokens.length) throw new BadInput(`search "${text}": a closing bracket too many`);
  return query;
}

function isWord(token: Token | undefined, word: string): boolean {
  return typeof token === 'object' && !token.quoted && token.text === word;
}

function term(token: Exclude<Token, string>): Query {
  if (token.quoted) return { kind: 'term', field: null, comparison: '=', value: token.text };
  const match = /^([\w.]+):(>=|<=|>|<)?(.*)$/s.exec(token.text);
  if (!match) return { kind: 'term', field: null, comparison: '=', value: token.text };
  const value = (match[3] ?? '').replace(/^(['"])(.*)\1$/s, '$2');
  return { kind: 'term', field: match[1] ?? null, comparison: (match[2] as Comparison) ?? '=', value };
}

const TOKEN = /\s+|(\()|(\))|(-)(?=[\w("'])|((?:[\w.]+:(?:>=|<=|>|<)?)?(?:"[^"]*"|'[^']*'))|([^\s()]+)/y;

function tokenize(text: string): Token[] {
  const tokens: Token[] = [];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < text.length) {
    const match = TOKEN.exec(text);
    if (!match) throw new BadInput(`search "${text}": not understood`);
    const [, open, close, minus, quoted, bare] = match;
    if (open) tokens.push('(');
    else if (close) tokens.push(')');
    else if (minus) tokens.push('-');
    else if (quoted !== undefined) tokens.push(quotedToken(quoted));
    else if (bare !== undefined) tokens.push({ text: bare, quoted: false });
  }
  return tokens;
}

/** `"two words"` is one free word; `tag:"two words"` stays a term with its field. */
function quotedToken(text: string): Token {
  return /^["']/.test(text) ? { text: text.slice(1, -1), quoted: true } : { text, quoted: false };
}
