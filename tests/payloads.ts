/**
 * Some four hundred texts that mean harm to a page: each would call `canary(…)`, or leave an element that carries
 * `data-canary`, where a page put it in as anything but text. Made of what breaks out of where a text may stand, and what
 * runs once it is out.
 */

/** Ends of the places in which a text may stand. */
const BREAKS = [
  '',
  '">',
  "'>",
  '`>',
  '--></p>',
  '</title></textarea></style></script>',
  ']]></template></noscript>',
  '</option></select>',
  '\\"></iframe>',
  '&quot;&gt;',
  '\u0000"\u2028>',
  '＂＞',
] as const;

/** What runs without anybody doing anything. */
const RUNS = [
  (call: string) => `<script data-canary>${call}</script>`,
  (call: string) => `<img data-canary src=x onerror=${call}>`,
  (call: string) => `<svg data-canary onload=${call}>`,
  (call: string) => `<svg data-canary><animate onbegin=${call} attributeName=x dur=1s>`,
  (call: string) => `<svg data-canary><script>${call}</script></svg>`,
  (call: string) => `<math data-canary><mtext><table><mglyph><style><img src=x onerror=${call}>`,
  (call: string) => `<iframe data-canary srcdoc="<script>parent.${call}</script>"></iframe>`,
  (call: string) => `<iframe data-canary src="javascript:parent.${call}"></iframe>`,
  (call: string) => `<object data-canary data="javascript:${call}"></object>`,
  (call: string) => `<embed data-canary src="javascript:${call}">`,
  (call: string) => `<video data-canary><source onerror=${call}></video>`,
  (call: string) => `<audio data-canary src=x onerror=${call}></audio>`,
  (call: string) => `<details data-canary open ontoggle=${call}>x</details>`,
  (call: string) => `<input data-canary autofocus onfocus=${call}>`,
  (call: string) => `<select data-canary autofocus onfocus=${call}></select>`,
  (call: string) => `<textarea data-canary autofocus onfocus=${call}></textarea>`,
  (call: string) => `<body data-canary onload=${call} onpageshow=${call}>`,
  (call: string) => `<marquee data-canary onstart=${call}>x</marquee>`,
  (call: string) => `<style data-canary>@keyframes x{}*{animation:x 1s}</style><b onanimationstart=${call}>`,
  (call: string) => `<link data-canary rel=stylesheet href="data:text/css,*{}" onload=${call}>`,
  (call: string) => `<base data-canary href="data:text/html,${call}//">`,
  (call: string) => `<meta data-canary http-equiv=refresh content="0;url=javascript:${call}">`,
  (call: string) => `<form data-canary id=x></form><button form=x formaction="javascript:${call}">x</button>`,
  (call: string) => `<a data-canary href="javascript:${call}">x</a>`,
  (call: string) => `<xss data-canary tabindex=1 autofocus onfocus=${call}>x</xss>`,
  (call: string) => `<noscript><p title="</noscript><img data-canary src=x onerror=${call}>">`,
  (call: string) => `<template><script data-canary>${call}</script></template>`,
  (call: string) => `<img data-canary src=x oNeRrOr\n=\n${call}>`,
  (call: string) => `<scr\u0000ipt data-canary>${call}</scr\u0000ipt>`,
  (call: string) => `<<script data-canary>${call}//<</script>`,
] as const;

/** Languages in which a text might be run instead of shown: templates, addresses, scripts around it, spreadsheets. */
const LANGUAGES = [
  (call: string) => `{{constructor.constructor('${call}')()}}`,
  (call: string) => `{{ "x" | append: "<script>${call}</script>" }}`,
  (call: string) => `{% raw %}<script data-canary>${call}</script>{% endraw %}`,
  (call: string) => `\${${call}}`,
  (call: string) => `#{${call}}`,
  (call: string) => `<%= ${call} %>`,
  (call: string) => `';${call};//`,
  (call: string) => `";${call};//`,
  (call: string) => `\\';${call};//`,
  (call: string) => `</script><script data-canary>${call}</script>`,
  (call: string) => `\\u003cscript data-canary\\u003e${call}\\u003c/script\\u003e`,
  (call: string) => `&lt;script data-canary&gt;${call}&lt;/script&gt;`,
  (call: string) => `%3Cscript data-canary%3E${call}%3C/script%3E`,
  (call: string) => `javascript:${call}`,
  (call: string) => ` jav\tascript:${call}`,
  (call: string) => `data:text/html,<script data-canary>${call}</script>`,
  (call: string) => `vbscript:${call}`,
  (call: string) => `[x](javascript:${call})`,
  (call: string) => `=HYPERLINK("javascript:${call}")`,
  (call: string) => `{"__proto__":{"innerHTML":"<img data-canary src=x onerror=${call}>"}}`,
  (call: string) => `\u202e<script data-canary>${call}</script>`,
  (call: string) => `+ADw-script data-canary+AD4-${call}+ADw-/script+AD4-`,
] as const;

/** Calls that name which text ran. */
export const hostileTexts = (): string[] =>
  [
    ...BREAKS.flatMap((out) => RUNS.map((run) => (call: string) => out + run(call))),
    ...LANGUAGES,
    ...LANGUAGES.map((text) => (call: string) => `${text(call)}\n<p data-canary>`),
  ].map((text, index) => text(`canary(${index})`));
