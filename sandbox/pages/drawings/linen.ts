import { gradient, shadow, type Scene } from './scene.ts';

/** An apron on its peg. */
export const apron: Scene = {
  wall: '#dbe6d8',
  table: '#b7c7ae',
  body: `${gradient('apron-linen', [
    [0, '#b9a98c'],
    [0.5, '#d8cbb0'],
    [1, '#ad9c7e'],
  ])}
    <path d="M120 34h160v20H120z" fill="#a06a34"/><path d="M120 34h160v7H120z" fill="#c08a52"/><circle cx="200" cy="50" r="10" fill="#6b4422"/><circle cx="197" cy="47" r="3" fill="#a8794c"/>
    <path d="M160 130c-6-60 16-78 40-78s46 18 40 78" fill="none" stroke="#8c7b5c" stroke-width="9"/>
    <path d="M150 124h100c4 34 18 56 58 66l10 150c-60 16-176 16-236 0l10-150c40-10 54-32 58-66z" fill="url(#apron-linen)"/>
    <path d="M150 124h100l2 14H148z" fill="#8c7b5c"/>
    <path d="M92 196c-26 8-40 30-42 66M308 196c26 8 40 30 42 66" fill="none" stroke="#8c7b5c" stroke-width="8" stroke-linecap="round"/>
    <path d="M146 224h108v58c0 14-10 22-22 22h-64c-12 0-22-8-22-22z" fill="#c9ba9a"/><path d="M146 224h108v12H146z" fill="#a3916f"/><path d="M200 240v60" stroke="#a3916f" stroke-width="3" stroke-dasharray="7 6"/>
    <path d="M152 242v38c0 10 8 16 18 16h60c10 0 18-6 18-16v-38" fill="none" stroke="#a3916f" stroke-width="3" stroke-dasharray="7 6"/>
    <path d="M118 210c-4 50-6 80-8 122M286 212c2 40 4 80 6 118M200 316v26" stroke="#9a8a6b" stroke-width="3" fill="none" opacity=".6"/>
    <path d="M82 336c60 16 176 16 236 0" fill="none" stroke="#9a8a6b" stroke-width="3" stroke-dasharray="8 6"/>
    <g transform="rotate(8 182 212)"><path d="M176 176h12v54h-12z" fill="#a06a34"/><path d="M168 132c0-10 28-10 28 0l-6 46h-16z" fill="#c08a52"/></g><path d="M146 224h54v12h-54z" fill="#a3916f"/>
    <path d="M214 164c10-12 26-2 18 12-4 8-12 12-18 18-6-6-14-10-18-18-8-14 8-24 18-12z" fill="#b4483f"/>`,
};

/** Three folded towels tied with string. */
export const towels: Scene = {
  wall: '#f4e6d4',
  table: '#d3b896',
  body: `${shadow(200, 338, 148, 17)}
    ${towel(272, '#e9e4d8', '#35618a')}${towel(208, '#f3d9cf', '#b4483f')}${towel(144, '#eef0e2', '#5d7d4a')}
    <path d="M186 132c-4 60-4 140 0 204M196 132c-3 60-3 140 0 204" stroke="#a5793f" stroke-width="5" fill="none"/>
    <path d="M64 236c80 10 190 10 272 0" stroke="#a5793f" stroke-width="5" fill="none" opacity="0"/>
    <g fill="none" stroke="#a5793f" stroke-width="6" stroke-linecap="round"><path d="M190 134c-50-46-78-8-46 4 18 6 34 0 46-4zM190 134c50-46 78-8 46 4-18 6-34 0-46-4z"/><path d="M190 134c-8 16-18 24-32 30M190 134c10 16 18 26 34 32"/></g><circle cx="190" cy="134" r="8" fill="#8c6330"/>
    <g transform="rotate(18 256 150)"><path d="M244 128l28-12 28 12v42h-56z" fill="#fffaf0"/><circle cx="272" cy="128" r="4" fill="#c9b48f"/><path d="M256 146h32M256 156h22" stroke="#8a7a5c" stroke-width="3" stroke-linecap="round"/></g><path d="M232 128c12 0 22 2 32 8" stroke="#a5793f" stroke-width="3" fill="none"/>`,
};

function towel(y: number, cloth: string, stripe: string): string {
  return `<path d="M72 ${y + 8}c0-8 6-12 14-12h226c20 0 30 14 30 34s-10 34-30 34H86c-8 0-14-4-14-12z" fill="${cloth}"/>
    <path d="M312 ${y - 4}c20 0 30 14 30 34s-10 34-30 34c10-8 14-20 14-34s-4-26-14-34z" fill="#000" opacity=".1"/>
    <path d="M72 ${y + 30}h252" stroke="#000" stroke-width="2" opacity=".12"/>
    <g fill="${stripe}"><path d="M104 ${y - 4}h14v68h-14zM126 ${y - 4}h5v68h-5zM92 ${y - 4}h5v68h-5zM266 ${y - 4}h14v68h-14zM288 ${y - 4}h5v68h-5zM254 ${y - 4}h5v68h-5z"/></g>
    <path d="M78 ${y + 62}h240" stroke="#000" stroke-width="4" opacity=".1" stroke-linecap="round"/>`;
}

/** What stands for a product nobody has drawn: a parcel with a ribbon. `hue` tells one from another. */
export function parcel(hue: number): Scene {
  const paint = (saturation: number, lightness: number) => `hsl(${hue} ${saturation}% ${lightness}%)`;
  return {
    wall: paint(45, 88),
    table: paint(30, 70),
    body: `${shadow(200, 334, 124, 17)}
      <path d="M92 176h216v156H92z" fill="#c99b67"/><path d="M92 176h54v156H92z" fill="#dcb486"/><path d="M78 140h244v48H78z" fill="#b88752"/><path d="M78 140h244v12H78z" fill="#d3a574"/>
      <path d="M180 140h40v192h-40z" fill="${paint(48, 46)}"/><path d="M180 140h12v192h-12z" fill="${paint(48, 58)}"/>
      <path d="M200 140c-70-70-112-14-62 0zM200 140c70-70 112-14 62 0z" fill="${paint(48, 46)}"/><path d="M196 136c-44-40-66-16-40-4zM204 136c44-40 66-16 40-4z" fill="${paint(48, 34)}"/><circle cx="200" cy="138" r="15" fill="${paint(48, 58)}"/>
      <path d="M236 248h54v44h-54z" fill="#fff8ea"/><path d="M244 260h38M244 270h38M244 280h22" stroke="#b9a27c" stroke-width="3" stroke-linecap="round"/>`,
  };
}
