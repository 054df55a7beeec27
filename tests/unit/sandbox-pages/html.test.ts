import { describe, expect, test } from 'vitest';
import { html, json, raw } from '../../../sandbox/pages/html.ts';

describe('the escaping template', () => {
  test('text cannot become markup, in elements and in attributes', () => {
    const evil = `"><script>alert('x')</script>&`;
    expect(html`<p title="${evil}">${evil}</p>`.text).toBe(
      '<p title="&quot;&gt;&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;&amp;">' +
        '&quot;&gt;&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;&amp;</p>',
    );
  });

  test('markup inside markup stays, lists are joined, nothing is written for nothing', () => {
    const items = ['a & b', 'c'].map((each) => html`<li>${each}</li>`);
    expect(html`${items}${null}${undefined}${false}${true}${0}`.text).toBe('<li>a &amp; b</li><li>c</li>0');
    expect(html`${raw('<b>bold</b>')}`.text).toBe('<b>bold</b>');
  });

  test('text in a list inside a list is escaped, too', () => {
    expect(html`${[['<'], ['>']]}`.text).toBe('&lt;&gt;');
  });

  test('JSON in a script element cannot end it', () => {
    const { text } = json({ name: '</script><!-- -->' });
    expect(text).not.toMatch(/<|-->/);
    expect(JSON.parse(text)).toEqual({ name: '</script><!-- -->' });
  });
});
