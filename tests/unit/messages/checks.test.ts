import { describe, expect, test } from 'vitest';
import type { Block, TemplateText } from '../../../app/messages/blocks.ts';
import { checkCompiled, checkText } from '../../../app/messages/checks.ts';
import { compile } from '../../../app/messages/compile.server.ts';
import { everyBlock, textOf } from './every-block.ts';

describe('checks before publishing', () => {
  const codesOf = (text: TemplateText) =>
    checkText(text).map((check) => `${check.level} ${check.code} ${check.block}`);

  test('a good text has none', async () => {
    expect(codesOf(textOf(everyBlock))).toEqual([]);
    expect(checkCompiled((await compile(textOf(everyBlock), 'en')).html)).toEqual([]);
  });

  test.each<[string, Partial<TemplateText>, string]>([
    [
      'an unknown field',
      { blocks: [{ kind: 'heading', text: '{{ customer.email }}' }] },
      'error unknown-field 0',
    ],
    [
      'a filter that is not ours',
      { blocks: [{ kind: 'heading', text: '{{ shop.name | raw }}' }] },
      'error liquid 0',
    ],
    ['a tag that is not ours', { subject: '{% include "x" %}' }, 'error liquid null'],
    ['an open condition', { blocks: [{ kind: 'heading', text: '{% if order %}x' }] }, 'error liquid 0'],
    ['a name without a fallback', { subject: 'Dear {{ customer.first_name }}' }, 'warning no-fallback null'],
    [
      'a picture without alt',
      { blocks: [{ kind: 'image', src: 'https://x.example/a.png', alt: ' ' }] },
      'error missing-alt 0,warning only-pictures null',
    ],
    [
      'a button without address',
      { blocks: [{ kind: 'button', label: 'Go', url: '' }] },
      'error missing-link 0',
    ],
    [
      'a script for an address',
      { blocks: [{ kind: 'paragraph', text: '[x](javascript:x)' }] },
      'error missing-link 0',
    ],
    ['no subject', { subject: ' ' }, 'error empty null'],
    ['a long subject', { subject: 'x'.repeat(80) }, 'warning long-subject null'],
    ['no preheader', { preheader: '' }, 'warning no-preheader null'],
    [
      'two buttons',
      {
        blocks: [
          { kind: 'button', label: 'a', url: 'https://a.example' },
          { kind: 'button', label: 'b', url: 'https://b.example' },
        ],
      },
      'warning two-buttons 1',
    ],
    [
      'a place elsewhere without address',
      { blocks: [{ kind: 'social', links: [{ label: 'Pictures', url: 'pictures' }] }] },
      'error missing-link 0',
    ],
    ['a subject that shouts', { subject: 'LAST DAYS for REAL BARGAINS' }, 'warning shouting null'],
    ['one word in capitals', { subject: 'Your MERINO jumper' }, ''],
    ['words of advertising', { preheader: 'Jetzt zugreifen' }, 'warning wary-words null'],
    ['marks in a row', { blocks: [{ kind: 'heading', text: 'Now!!' }] }, 'warning exclamations 0'],
    [
      'an address that hides another',
      { blocks: [{ kind: 'paragraph', text: '[shop.example](https://bit.ly/x)' }] },
      'warning short-link 0,warning other-address 0',
    ],
    [
      'an address that is what it says',
      { blocks: [{ kind: 'paragraph', text: '[shop.example/a](https://www.shop.example/a)' }] },
      '',
    ],
    [
      'a long mail',
      { blocks: [{ kind: 'paragraph', text: 'so much to say '.repeat(80) }] },
      'warning long-mail null',
    ],
    [
      'a mail of pictures',
      { blocks: [{ kind: 'image', src: 'https://x.example/a.png', alt: 'A bench' }] },
      'warning only-pictures null',
    ],
  ])('%s', (_name, change, expected) => {
    expect(codesOf({ ...textOf([{ kind: 'paragraph', text: 'Hi' }]), ...change }).join()).toBe(expected);
  });

  test('a mail that is too large, or has lost its way out', async () => {
    const blocks = Array.from({ length: 30 }, (): Block => ({ kind: 'paragraph', text: 'x'.repeat(3000) }));
    const { html } = await compile(textOf(blocks), 'en');
    expect(checkCompiled(html).map((check) => check.code)).toEqual(['too-large']);
    expect(checkCompiled('<p></p>').map((check) => check.code)).toEqual(['no-unsubscribe']);
  });
});
