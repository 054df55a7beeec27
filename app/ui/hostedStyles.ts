/** The one style sheet of the pages for shoppers. `--brand`, `--ink` (on it) and `--link` come from the shop. */
export const HOSTED_STYLES = `
*{box-sizing:border-box}
html{color:#16181d;background:#f6f6f4;font:100%/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans",sans-serif}
body{margin:0;padding:1.5rem 1rem 4rem}
header{max-width:38rem;margin:0 auto 1.5rem;text-align:center;font-weight:600;font-size:1.125rem}
header a{color:inherit;text-decoration:none}
header img{max-width:60%;max-height:3rem;width:auto;vertical-align:middle}
main{max-width:38rem;margin:0 auto;padding:2rem 1.5rem;background:#fff;border-radius:.75rem;box-shadow:0 1px 3px #0001,0 0 0 1px #0000000d;overflow-wrap:anywhere}
strong{unicode-bidi:isolate}
legend h1{margin-bottom:.5rem}
main>:last-child{margin-bottom:0}
h1{margin:0 0 .75rem;font-size:1.5rem;line-height:1.25;text-wrap:balance}
h2{margin:1.75rem 0 .5rem;font-size:1.0625rem}
p{margin:0 0 1rem}
a{color:var(--link)}
form{margin:0}
fieldset{margin:0 0 1.25rem;padding:0;border:0;min-width:0}
legend,.label{display:block;padding:0;margin:0 0 .5rem;font-weight:600}
.choices{display:flex;flex-wrap:wrap;gap:.5rem}
.choices.big>*{flex:1 1 0;min-width:5.25rem}
.choice{position:relative;display:flex}
.choice input{position:absolute;inset:0;width:100%;height:100%;margin:0;opacity:0;cursor:pointer}
.choice span{flex:1;display:flex;align-items:center;justify-content:center;min-height:2.75rem;padding:.5rem .875rem;border:1px solid #8a8d93;border-radius:.5rem;text-align:center;background:#fff;hyphens:auto;overflow-wrap:anywhere}
.choices.big .choice span{padding-inline:.375rem;min-height:3.25rem}
.choice input:checked+span{border-color:var(--brand);background:var(--brand);color:var(--ink);font-weight:600}
.choice input:hover+span{border-color:var(--link)}
.choice input:focus-visible+span{outline:3px solid var(--link);outline-offset:2px}
textarea,select,input[type=text],input[type=email]{display:block;width:100%;padding:.625rem .75rem;border:1px solid #8a8d93;border-radius:.5rem;background:#fff;color:inherit;font:inherit}
textarea{min-height:6rem;resize:vertical}
textarea+.label{margin-top:1rem}
textarea:focus-visible,select:focus-visible,input:focus-visible,a:focus-visible,button:focus-visible{outline:3px solid var(--link);outline-offset:2px}
button,.button{display:inline-block;min-height:2.75rem;padding:.625rem 1.5rem;border:0;border-radius:.5rem;background:var(--brand);color:var(--ink);font:inherit;font-weight:600;text-decoration:none;text-align:center;cursor:pointer}
button.quiet{background:none;color:var(--link);padding-inline:0;font-weight:400;text-decoration:underline}
.code{margin:1.25rem 0;padding:1rem;border:2px dashed var(--link);border-radius:.75rem;text-align:center;font:600 1.375rem/1.3 ui-monospace,"SF Mono",Menlo,Consolas,monospace;letter-spacing:.04em;overflow-wrap:anywhere}
.note{color:#5c5f66;font-size:.9375rem}
.done{padding:.75rem 1rem;border-radius:.5rem;background:#eef4ef}
.wrong{padding:.75rem 1rem;border-radius:.5rem;background:#fdecea;color:#8c1d18}
.product{display:flex;gap:1rem;align-items:center;margin-bottom:.25rem}
.product img{width:4rem;height:4rem;object-fit:cover;border-radius:.5rem;background:#f0f0ee}
.stars{display:flex;margin:0 0 1rem -.125rem}
.stars label{position:relative;padding:0 .125rem;font-size:2.5rem;line-height:1;color:#8a8d93}
.stars input{position:absolute;inset:0;opacity:0;margin:0;width:100%;height:100%;cursor:pointer}
.stars label:has(input:checked),.stars label:has(~label input:checked),.stars:hover label:has(~label:hover),.stars label:hover{color:#b45f06}
.stars label:has(input:focus-visible){outline:3px solid var(--link);outline-offset:2px;border-radius:.25rem}
.tick{display:flex;gap:.625rem;align-items:baseline;padding:.375rem 0}
.tick input{width:1.125rem;height:1.125rem;flex:none;accent-color:var(--link)}
textarea.long{min-height:16rem}
input[type=file]{width:100%;padding:1rem;border:2px dashed #8a8d93;border-radius:.5rem;font:inherit}
.sent{display:flex;gap:.75rem;align-items:center;flex-wrap:wrap;overflow-wrap:anywhere}
.sent img{object-fit:cover;border-radius:.5rem}
.sent progress{flex:1;min-width:6rem;accent-color:var(--link)}
.own{margin:0 0 1.25rem;padding:1rem;border:1px solid #d5d7db;border-radius:.5rem}
.own summary{margin:.5rem 0;cursor:pointer;color:var(--link)}
.files{display:flex;flex-wrap:wrap;gap:.5rem;margin-bottom:.5rem}
.files img,.film{width:6rem;height:6rem;object-fit:cover;border-radius:.5rem;background:#f0f0ee}
.film{display:inline-flex;align-items:center;justify-content:center;font-size:1.75rem}
.album{display:grid;grid-template-columns:repeat(auto-fill,minmax(15rem,1fr));gap:1rem;margin-bottom:1rem}
.album img{width:100%;height:auto;border-radius:.5rem;background:#f0f0ee}
.words{white-space:pre-wrap;overflow-wrap:anywhere}
.choices.figures{display:grid;grid-template-columns:repeat(11,1fr);gap:.25rem}
.choices.figures .choice span{padding:.5rem 0}
.ends{display:flex;justify-content:space-between;gap:1rem;margin:.375rem 0 0}
.row{margin:0 0 1rem}
.row legend,.places span{font-weight:400}
.places label{display:flex;align-items:center;gap:.75rem;margin-bottom:.5rem}
.places select{width:auto;min-width:4.5rem}
h1 .label{margin:0;font-weight:inherit}
.turns{display:flex;align-items:center;gap:1.25rem;margin:0}
input[type=date]{padding:.625rem .75rem;border:1px solid #8a8d93;border-radius:.5rem;background:#fff;color:inherit;font:inherit}
.rows{list-style:none;margin:0 0 1rem;padding:0}
.rows li{padding:.75rem 0;border-top:1px solid #e3e4e7}
.badge{display:inline-block;padding:.0625rem .5rem;border-radius:1rem;background:#eceef1;font-size:.875rem}
.badge.good{background:#dff3e4;color:#0c5132}
.beside{display:flex;gap:.5rem;margin:0 0 1.25rem}
.beside input{flex:1;min-width:0}
.qr{display:block;max-width:100%;height:auto}
.unseen{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
@media(max-width:34rem){.choices.figures{grid-template-columns:repeat(6,1fr)}main{padding:1.5rem 1.125rem}.choices.big>*{flex-basis:100%}.choices.big .choice span{min-height:2.75rem}}
@media(prefers-reduced-motion:no-preference){.choice span,button,.button{transition:background-color .12s,border-color .12s}}
`;
