import { board, bowls, knife } from './bench.ts';
import { apron, parcel, towels } from './linen.ts';
import { candles, honey, oliveOil } from './pantry.ts';
import { picture, type Scene } from './scene.ts';
import { grinder, kettle, mortar, pan } from './stove.ts';

/** Words by which a handle is known, the first that fits wins: `mortar` before `stone`, `towel` before `tea`. */
const SCENES: [RegExp, Scene][] = [
  [/mortar|pestle/, mortar],
  [/towel|napkin|cloth/, towels],
  [/apron/, apron],
  [/kettle|teapot|tea-/, kettle],
  [/grinder|mill|coffee/, grinder],
  [/knife/, knife],
  [/board/, board],
  [/bowl|plate|dish/, bowls],
  [/pan|skillet|pot|dutch-oven/, pan],
  [/honey|jam/, honey],
  [/candle/, candles],
  [/oil|vinegar/, oliveOil],
];

/** Whether somebody drew this product, or a parcel must stand for it. */
export function isDrawn(handle: string): boolean {
  return SCENES.some(([words]) => words.test(handle));
}

/** The picture of a product, an SVG document of its own. Ids inside are unique to the motif, not to the page: use it as an image. */
export function drawing(handle: string, title: string): string {
  const scene = SCENES.find(([words]) => words.test(handle))?.[1] ?? parcel(hueOf(handle));
  return picture(scene, title);
}

/** A colour angle that is always the same for the same text. */
export function hueOf(text: string): number {
  let sum = 7;
  for (const character of text) sum = (sum * 31 + (character.codePointAt(0) ?? 0)) % 360;
  return sum;
}
