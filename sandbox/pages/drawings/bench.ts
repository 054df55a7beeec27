import { gradient, shadow, steam, type Scene } from './scene.ts';

/** A cook's knife across a board, a tomato waiting. */
export const knife: Scene = {
  wall: '#d9e2ec',
  table: '#9db2c6',
  body: `${gradient(
    'knife-steel',
    [
      [0, '#f7f9fb'],
      [0.55, '#c6ced6'],
      [1, '#98a3ae'],
    ],
    'down',
  )}
    ${shadow(196, 338, 164, 13)}
    <rect x="40" y="304" width="320" height="30" rx="10" fill="#b98453"/><rect x="40" y="304" width="320" height="11" rx="5" fill="#d3a374"/><path d="M70 322h70M170 326h96M290 321h46" stroke="#9a6a3f" stroke-width="2"/>
    <g transform="rotate(-24 190 210)"><path d="M20 196h196v58c-70 8-150-6-196-58z" fill="url(#knife-steel)"/><path d="M34 210c48 40 116 50 182 44v-6c-66 6-130-4-176-40z" fill="#fff" opacity=".7"/>
      <path d="M216 190h18v68h-18z" fill="#7b858f"/><path d="M234 192h112c20 0 30 10 26 24-4 12-16 10-22 6-8-4-20 4-32 12-24 14-54 16-84 16z" fill="#4b2f22"/>
      <path d="M240 198h104c10 0 16 2 18 8" fill="none" stroke="#7a5542" stroke-width="4" stroke-linecap="round"/><g fill="#d5b06a"><circle cx="258" cy="220" r="6"/><circle cx="294" cy="216" r="6"/><circle cx="330" cy="212" r="6"/></g></g>
    <circle cx="298" cy="268" r="42" fill="#d9412f"/><path d="M262 262c0-18 12-30 26-32" fill="none" stroke="#fff" stroke-width="7" stroke-linecap="round" opacity=".6"/>
    <path d="M298 234c-12-10-24-8-30-2 10 6 20 8 30 6 10 4 22 0 28-8-10-4-20-4-28 4zM298 236c-2-10 0-16 6-22" fill="#4b8a3f" stroke="#4b8a3f" stroke-width="4" stroke-linecap="round"/>
    <ellipse cx="106" cy="292" rx="34" ry="15" fill="#d9412f"/><ellipse cx="106" cy="288" rx="34" ry="14" fill="#f07a62"/><g fill="#f8d58a"><ellipse cx="94" cy="286" rx="5" ry="3"/><ellipse cx="118" cy="286" rx="5" ry="3"/><ellipse cx="106" cy="293" rx="5" ry="3"/></g>`,
};

/** A board with a hole to hang it by, a lemon cut in two. */
export const board: Scene = {
  wall: '#f3e3ec',
  table: '#cfa9bd',
  body: `${gradient('board-wood', [
    [0, '#c98f57'],
    [0.5, '#dcaa75'],
    [1, '#b97f49'],
  ])}
    ${shadow(196, 344, 122, 14)}
    <path d="M150 50c0-22 18-32 46-32s46 10 46 32v44h30c22 0 34 12 34 34v182c0 20-12 32-34 32H120c-22 0-34-12-34-32V128c0-22 12-34 34-34h30z" fill="url(#board-wood)"/>
    <circle cx="196" cy="54" r="17" fill="#f3e3ec"/><path d="M196 54c-20-40 22-50 8-2" fill="none" stroke="#8a5a34" stroke-width="5" stroke-linecap="round"/>
    <g stroke="#a87242" stroke-width="3" fill="none" opacity=".8"><path d="M116 118c-6 60 10 100 0 196M150 112c8 70-10 130 2 214M228 110c-8 70 12 120 2 216M266 112c8 50-6 120 6 214"/><path d="M190 150c-12 26-10 44 0 60 10-18 10-38 0-60z"/></g>
    <path d="M98 124c0-12 8-18 20-18" fill="none" stroke="#fff" stroke-width="6" stroke-linecap="round" opacity=".55"/>
    <ellipse cx="250" cy="296" rx="68" ry="52" fill="#f2c230" transform="rotate(-14 250 296)"/><path d="M308 262c12-10 24-10 26 0 2 8-8 14-18 14z" fill="#f2c230"/><path d="M206 280c6-18 22-28 40-28" fill="none" stroke="#fff" stroke-width="7" stroke-linecap="round" opacity=".6"/>
    <g transform="translate(132 310)"><circle r="48" fill="#f2c230"/><circle r="42" fill="#fff7d6"/><g fill="#f8dc62">${[
      0, 45, 90, 135, 180, 225, 270, 315,
    ]
      .map(
        (turn) =>
          `<path d="M0-5c-10-12-12-22-10-31 6-4 14-4 20 0 2 9 0 19-10 31z" transform="rotate(${turn})"/>`,
      )
      .join('')}</g></g>
    <path d="M330 330c-2-24 10-40 34-46 4 26-8 42-34 46z" fill="#6a9a4c"/><path d="M332 328c8-16 16-26 28-38" stroke="#a8cc86" stroke-width="3" stroke-linecap="round"/>`,
};

/** Two speckled bowls, one of them with soup. */
export const bowls: Scene = {
  wall: '#dfe0ee',
  table: '#a5a7c4',
  body: `${gradient(
    'bowl-glaze',
    [
      [0, '#f7f3ea'],
      [0.55, '#e5dccb'],
      [1, '#b89f80'],
    ],
    'down',
  )}
    ${shadow(296, 296, 86, 13)}<g transform="translate(186 96) scale(.6)">${bowl('#7b8794', '#9aa6b2', '#c9ced6')}<ellipse cx="200" cy="199" rx="132" ry="28" fill="#59636f"/></g>
    ${shadow(172, 348, 118, 16)}<g transform="translate(-12 38) scale(.93)">${bowl('#5d83a3', '#7ea3bf', null)}<ellipse cx="200" cy="199" rx="132" ry="28" fill="#e38a3c"/>
    <path d="M110 196c28-16 70-8 92 4s58 8 76-4c-8 18-42 26-78 26-38 0-76-8-90-26z" fill="#f0a65c"/><path d="M150 198c16-10 40-12 52-2s36 8 44 0" fill="none" stroke="#fff3df" stroke-width="6" stroke-linecap="round"/>
    <g fill="#4f8a4a"><path d="M206 190c-14-6-16-18-10-26 12 4 16 14 10 26zM210 192c2-14 12-20 22-18 0 12-10 20-22 18z"/></g></g>
    ${steam(150, 178)}`,
};

/** `glaze` runs down from the rim; `body` is the colour below it, the speckled clay when there is none. */
function bowl(glaze: string, rim: string, body: string | null): string {
  return `<path d="M52 196h296c0 76-50 128-104 134h-88C102 324 52 272 52 196z" fill="${body ?? 'url(#bowl-glaze)'}"/>
    <path d="M148 324h104v6c0 6-6 10-14 10h-76c-8 0-14-4-14-10z" fill="#a3876a"/>
    <path d="M52 196h296c0 10-1 18-3 26-16 18-30 0-44 10-16 14-30-6-48 8-18 12-32-8-54 2-20 8-34-12-54 0-20 10-34-12-52-2-14 6-26 6-38-10-2-12-3-22-3-34z" fill="${glaze}"/>
    <ellipse cx="200" cy="196" rx="148" ry="36" fill="${rim}"/>
    <g fill="#7b6248" opacity=".75"><circle cx="100" cy="262" r="3"/><circle cx="136" cy="288" r="2"/><circle cx="170" cy="262" r="3"/><circle cx="206" cy="300" r="3"/><circle cx="240" cy="270" r="2"/><circle cx="284" cy="276" r="3"/><circle cx="262" cy="302" r="2"/><circle cx="312" cy="252" r="2"/></g>
    <path d="M76 236c6 28 20 48 36 62" fill="none" stroke="#fff" stroke-width="7" stroke-linecap="round" opacity=".6"/>`;
}
