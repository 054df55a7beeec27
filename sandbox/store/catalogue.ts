/** What the toy shop sells: a dozen good things for the kitchen. The drawings know them by their handles. */

import type { Ids } from '../state/ids.ts';
import type { Product } from '../state/product.ts';
import type { Shop } from '../state/shop.ts';

interface Article {
  handle: string;
  title: string;
  type: string;
  collection: string;
  tags: string[];
  option?: string;
  /** Name, price in the main currency's minor units, grams. */
  variants: [string, number, number][];
  description: string;
}

const ARTICLES: Article[] = [
  {
    handle: 'carbon-steel-pan',
    title: 'Carbon Steel Pan',
    type: 'Cookware',
    collection: 'cooking',
    tags: ['cookware', 'carbon-steel', 'needs-seasoning'],
    option: 'Size',
    variants: [
      ['24 cm', 5400, 1500],
      ['28 cm', 6400, 1900],
    ],
    description:
      'Thin enough to answer at once, heavy enough to keep its heat. Seasoned with you, not in a factory.',
  },
  {
    handle: 'chefs-knife',
    title: 'Chef’s Knife, 20 cm',
    type: 'Knives',
    collection: 'cooking',
    tags: ['knife', 'carbon-steel', 'handle-with-care'],
    variants: [['Default Title', 9800, 320]],
    description: 'One knife for nearly everything. Wipe it dry and it will outlive the drawer it lives in.',
  },
  {
    handle: 'oak-chopping-board',
    title: 'Oak Chopping Board',
    type: 'Boards',
    collection: 'cooking',
    tags: ['wood', 'needs-oiling'],
    option: 'Size',
    variants: [
      ['Small', 3200, 900],
      ['Large', 4900, 1800],
    ],
    description: 'End grain, kind to blades. A drop of oil once a month is all it asks for.',
  },
  {
    handle: 'granite-mortar',
    title: 'Granite Mortar and Pestle',
    type: 'Tools',
    collection: 'cooking',
    tags: ['stone', 'spices'],
    variants: [['Default Title', 4500, 4200]],
    description: 'Four kilos of patience. Grind a spoonful of rice in it first; then it is yours.',
  },
  {
    handle: 'enamel-kettle',
    title: 'Enamel Kettle, 1.6 l',
    type: 'Cookware',
    collection: 'tea-and-coffee',
    tags: ['enamel', 'tea'],
    option: 'Colour',
    variants: [
      ['Cream', 5900, 1100],
      ['Moss', 5900, 1100],
      ['Ink', 5900, 1100],
    ],
    description: 'Sings a low note when it is ready. For gas, induction and camp fires.',
  },
  {
    handle: 'coffee-grinder',
    title: 'Hand Coffee Grinder',
    type: 'Tools',
    collection: 'tea-and-coffee',
    tags: ['coffee', 'steel-burrs'],
    variants: [['Default Title', 7900, 640]],
    description: 'Steel burrs, a walnut knob and forty seconds of quiet before breakfast.',
  },
  {
    handle: 'stoneware-bowls',
    title: 'Stoneware Bowls, Set of Two',
    type: 'Tableware',
    collection: 'table',
    tags: ['stoneware', 'dishwasher-safe'],
    option: 'Glaze',
    variants: [
      ['Oat', 3800, 1200],
      ['Slate', 3800, 1200],
    ],
    description: 'Thrown by hand, so no two are quite alike. They stack all the same.',
  },
  {
    handle: 'linen-apron',
    title: 'Linen Apron',
    type: 'Textiles',
    collection: 'table',
    tags: ['linen', 'washable'],
    option: 'Colour',
    variants: [
      ['Flax', 4200, 380],
      ['Indigo', 4400, 380],
    ],
    description: 'Washed soft. The strings go round once and tie in front, where you can reach them.',
  },
  {
    handle: 'linen-towels',
    title: 'Linen Tea Towels, Set of Three',
    type: 'Textiles',
    collection: 'table',
    tags: ['linen', 'washable', 'gift'],
    variants: [['Default Title', 2400, 260]],
    description: 'They drink better with every wash. Three, because one is always in the laundry.',
  },
  {
    handle: 'olive-oil',
    title: 'Olive Oil, First Pressing',
    type: 'Pantry',
    collection: 'pantry',
    tags: ['consumable', 'olive-oil'],
    option: 'Bottle',
    variants: [
      ['500 ml', 1650, 950],
      ['3 l', 6900, 3300],
    ],
    description: 'From one grove and one week in November. Peppery at the end, as it should be.',
  },
  {
    handle: 'heather-honey',
    title: 'Heather Honey, 340 g',
    type: 'Pantry',
    collection: 'pantry',
    tags: ['consumable', 'honey', 'gift'],
    variants: [['Default Title', 1250, 520]],
    description: 'Dark, a little bitter, thick as a good story. From hives on the west coast.',
  },
  {
    handle: 'beeswax-candles',
    title: 'Beeswax Candles, Pair',
    type: 'Home',
    collection: 'table',
    tags: ['consumable', 'candle', 'gift'],
    variants: [['Default Title', 1900, 410]],
    description: 'Ten hours each, with a smell of honey and no smoke. Trim the wick and they will not drip.',
  },
];

const COLLECTIONS: Record<string, string> = {
  cooking: 'For cooking',
  'tea-and-coffee': 'Tea and coffee',
  table: 'The table',
  pantry: 'The pantry',
};

/** Fills the shelves; prices are the same number of units in any main currency (yen times a hundred). */
export function stock(shop: Shop, ids: Ids, at: string): void {
  const scale = shop.currency === 'JPY' ? 1.5 : 1;
  shop.collections = Object.entries(COLLECTIONS).map(([handle, title]) => ({
    id: ids.next('Collection'),
    handle,
    title,
  }));
  shop.products = ARTICLES.map((article): Product => {
    const collection = shop.collections.find((c) => c.handle === article.collection);
    return {
      id: ids.next('Product'),
      handle: article.handle,
      title: article.title,
      description: article.description,
      productType: article.type,
      vendor: shop.name,
      tags: article.tags,
      status: 'ACTIVE',
      options: [article.option ?? 'Title'],
      collections: collection ? [collection.id] : [],
      variants: article.variants.map(([title, price, grams], index) => ({
        id: ids.next('ProductVariant'),
        title,
        sku: `${article.handle.toUpperCase().replaceAll('-', '').slice(0, 8)}-${index + 1}`,
        price: Math.round(price * scale),
        compareAtPrice: null,
        grams,
        requiresShipping: true,
        taxable: true,
        giftCard: false,
      })),
      createdAt: at,
      updatedAt: at,
    };
  });
}
