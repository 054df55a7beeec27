import { gradient, shadow, type Scene } from './scene.ts';

/** A green bottle, a sprig of olive beside it. */
export const oliveOil: Scene = {
  wall: '#e9e7bf',
  table: '#c4bd7f',
  body: `${gradient('oil-glass', [
    [0, '#3f5a23'],
    [0.3, '#7d9a3c'],
    [1, '#34491c'],
  ])}
    ${shadow(182, 340, 84, 15)}
    <path d="M166 44h32v30h-32z" fill="#c99a63"/><path d="M166 44h10v30h-10z" fill="#e0b98a"/><path d="M160 70h44v16h-44z" fill="#2f4119"/>
    <path d="M164 86h36v42c0 24 36 30 36 66v130c0 10-8 16-18 16h-72c-10 0-18-6-18-16V194c0-36 36-42 36-66z" fill="url(#oil-glass)"/>
    <path d="M144 204c2-24 24-34 30-54" fill="none" stroke="#fff" stroke-width="7" stroke-linecap="round" opacity=".45"/>
    <path d="M128 216h108v84H128z" fill="#f8f2dc"/><path d="M128 222h108M128 294h108" stroke="#7d8a3c" stroke-width="2"/>
    <path d="M182 232c-16 14-18 30-10 46 4-18 8-30 10-46zM186 232c16 14 18 30 10 46-6-18-8-30-10-46z" fill="#6d8a35"/><path d="M184 230v52" stroke="#45601f" stroke-width="3" stroke-linecap="round"/>
    <path d="M250 338c30-22 62-30 96-30" fill="none" stroke="#6b5a2a" stroke-width="4" stroke-linecap="round"/>
    <g fill="#7f9a4a"><path d="M266 328c-4-22 6-34 22-42 4 20-4 36-22 42zM298 316c2-22 16-32 34-34-2 20-14 32-34 34zM290 322c18-2 32 4 40 20-18 4-34-4-40-20z"/></g>
    <ellipse cx="272" cy="344" rx="15" ry="12" fill="#54632a"/><ellipse cx="306" cy="350" rx="15" ry="12" fill="#3c3a4a"/><g fill="#fff" opacity=".5"><ellipse cx="267" cy="339" rx="4" ry="3"/><ellipse cx="301" cy="345" rx="4" ry="3"/></g>`,
};

/** A jar of honey and a dipper that drips. */
export const honey: Scene = {
  wall: '#fbe6b4',
  table: '#dfae57',
  body: `${gradient('honey-glass', [
    [0, '#d8830f'],
    [0.4, '#fbb731'],
    [1, '#c4740c'],
  ])}
    ${shadow(186, 334, 112, 17)}
    <path d="M104 166c0-16 10-24 24-24h116c14 0 24 8 24 24v140c0 18-12 28-28 28H132c-16 0-28-10-28-28z" fill="url(#honey-glass)"/>
    <path d="M104 172c0-20 10-30 24-30h116c14 0 24 10 24 30z" fill="#fff" opacity=".3"/>
    <path d="M100 108h172c6 0 10 4 10 10v22c0 6-4 10-10 10H100c-6 0-10-4-10-10v-22c0-6 4-10 10-10z" fill="#f7f1e3"/><path d="M90 132h192v8c0 6-4 10-10 10H100c-6 0-10-4-10-10z" fill="#d9cdb2"/>
    <path d="M98 116h176" stroke="#c8504a" stroke-width="6" stroke-dasharray="12 12"/>
    <path d="M186 186l52 30v60l-52 30-52-30v-60z" fill="#fff8e4"/><path d="M186 194l45 26v52l-45 26-45-26v-52z" fill="none" stroke="#e0a32e" stroke-width="3"/>
    <ellipse cx="188" cy="250" rx="25" ry="18" fill="#f2b52c"/><path d="M180 233c-4 10-4 24 0 34M194 232c-3 12-3 24 0 36" stroke="#4a3518" stroke-width="7" fill="none"/>
    <circle cx="163" cy="246" r="9" fill="#4a3518"/><path d="M158 238c-6-6-10-6-14-6M164 236c-2-6-4-10-8-12" stroke="#4a3518" stroke-width="3" fill="none" stroke-linecap="round"/>
    <path d="M184 234c-6-22 14-30 18-20 3 8-6 16-18 20zM196 234c8-18 26-14 24-4-2 8-12 8-24 4z" fill="#fff" stroke="#cbbf9f" stroke-width="2"/>
    <path d="M122 178v112" stroke="#fff" stroke-width="9" stroke-linecap="round" opacity=".5"/>
    <path d="M384 112l-70 128" stroke="#a06a34" stroke-width="13" stroke-linecap="round"/><path d="M380 112l-60 110" stroke="#c99057" stroke-width="3"/>
    <g transform="rotate(29 308 262)" fill="#a06a34"><rect x="286" y="226" width="44" height="13" rx="6"/><rect x="279" y="242" width="58" height="13" rx="6"/><rect x="277" y="258" width="62" height="13" rx="6"/><rect x="281" y="274" width="54" height="13" rx="6"/><rect x="289" y="290" width="38" height="12" rx="6"/></g>
    <path d="M292 304c-4 16-14 20-14 36 0 10 16 10 16 0 0-14 6-18 8-30z" fill="#f2a51f"/><ellipse cx="288" cy="354" rx="36" ry="9" fill="#f2a51f"/><ellipse cx="278" cy="351" rx="11" ry="3" fill="#fff" opacity=".6"/>`,
};

/** Two candles of rolled beeswax, lit, in brass sticks. */
export const candles: Scene = {
  wall: '#3f4a63',
  table: '#2f3749',
  halo: 0,
  body: `${gradient('candle-wax', [
    [0, '#d9962b'],
    [0.4, '#f7cf70'],
    [1, '#c07f1d'],
  ])}${gradient('candle-brass', [
    [0, '#8f6a22'],
    [0.4, '#e6c069'],
    [1, '#7a5718'],
  ])}
    <circle cx="148" cy="88" r="110" fill="#ffd98a" opacity=".13"/><circle cx="262" cy="124" r="96" fill="#ffd98a" opacity=".12"/>
    <circle cx="148" cy="88" r="54" fill="#ffe3a6" opacity=".22"/><circle cx="262" cy="124" r="50" fill="#ffe3a6" opacity=".22"/>
    ${taper(148, 120, 190)}${taper(262, 156, 154)}
    <g transform="translate(336 350) rotate(-14)"><rect x="-30" y="-11" width="60" height="22" rx="4" fill="#c8504a"/><rect x="-30" y="-11" width="18" height="22" rx="4" fill="#e8cfa5"/><path d="M16-16l30-9" stroke="#e8cfa5" stroke-width="5" stroke-linecap="round"/><circle cx="47" cy="-25" r="5" fill="#c8504a"/></g>`,
};

/** One candle in its stick: `top` is where the wax ends, `height` how much of it there is. */
function taper(x: number, top: number, height: number): string {
  const cells = Array.from({ length: Math.floor(height / 18) - 1 }, (_, row) => {
    const y = top + 18 + row * 18;
    const shift = row % 2 ? 7 : 0;
    return `M${x - 18 + shift} ${y}l6-4 6 4v7l-6 4-6-4zM${x + 2 + shift} ${y}l6-4 6 4v7l-6 4-6-4z`;
  }).join('');
  return `${shadow(x, top + height + 36, 66, 11)}
    <path d="M${x} ${top - 68}c20 26 24 38 17 50-8 12-26 12-34 0-7-12-3-24 17-50z" fill="#ffb02e"/><path d="M${x} ${top - 46}c11 14 12 22 8 29-4 6-12 6-16 0-4-7-3-15 8-29z" fill="#fff3c4"/>
    <path d="M${x} ${top}v-16" stroke="#3a2a1c" stroke-width="4" stroke-linecap="round"/>
    <path d="M${x - 24} ${top + 6}c0-8 48-8 48 0v${height}h-48z" fill="url(#candle-wax)"/><path d="${cells}" fill="none" stroke="#b97d1e" stroke-width="2" opacity=".55"/>
    <path d="M${x + 14} ${top + 4}c6 14 10 22 8 40-8-4-6-24-8-40z" fill="#ffe29a"/>
    <path d="M${x - 32} ${top + height - 14}h64v20h-64z" fill="url(#candle-brass)"/><path d="M${x - 14} ${top + height + 6}h28v16h-28z" fill="url(#candle-brass)"/>
    <path d="M${x - 56} ${top + height + 34}c4-16 24-16 42-16h28c18 0 38 0 42 16z" fill="url(#candle-brass)"/>`;
}
