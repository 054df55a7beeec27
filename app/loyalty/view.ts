/** What a customer is told of their benefits and points, on any page: sentences in their language. */
import { closestTag, type Texts } from '../shops/translations.ts';
import { formatMoney } from '../shops/money.ts';
import { canRedeemIn, type BenefitKind, type LoyaltySettings } from './settings.ts';

export interface LoyaltyView {
  /** A sentence each; empty where there are none. */
  benefits: string[];
  /** Null where the shop has no points. */
  points: { balance: number; sentence: string; canRedeem: boolean; redeem: string } | null;
}

const BENEFIT_TEXTS: Record<Exclude<BenefitKind, 'inbox'>, Texts> = {
  tag: {
    en: 'You are among the first who hear of what is new.',
    de: 'Sie erfahren als Erste, was es Neues gibt.',
    fr: 'Vous êtes parmi les premiers à découvrir les nouveautés.',
    es: 'Te enteras de las novedades antes que nadie.',
    'pt-BR': 'Você fica sabendo das novidades antes de todos.',
    ja: '新しい商品をいち早くご案内します。',
  },
  shipping: {
    en: 'Your shipping is free.',
    de: 'Ihr Versand ist kostenlos.',
    fr: 'La livraison vous est offerte.',
    es: 'Tu envío es gratis.',
    'pt-BR': 'Seu frete é grátis.',
    ja: '送料が無料です。',
  },
  birthday: {
    en: 'Something comes on your birthday.',
    de: 'Zum Geburtstag kommt etwas.',
    fr: 'Une attention vous attend à votre anniversaire.',
    es: 'En tu cumpleaños llega un detalle.',
    'pt-BR': 'No seu aniversário tem um presente.',
    ja: 'お誕生日に贈り物があります。',
  },
};

const HAVE: Texts = {
  en: 'You have {points} points. {cost} of them are worth {worth}.',
  de: 'Sie haben {points} Punkte. {cost} davon sind {worth} wert.',
  fr: 'Vous avez {points} points. {cost} points valent {worth}.',
  es: 'Tienes {points} puntos. {cost} valen {worth}.',
  'pt-BR': 'Você tem {points} pontos. {cost} valem {worth}.',
  ja: '{points}ポイントお持ちです。{cost}ポイントで{worth}になります。',
};
const COMING: Texts = {
  en: '{coming} more are on their way.',
  de: '{coming} weitere sind unterwegs.',
  fr: '{coming} autres arrivent.',
  es: '{coming} más están en camino.',
  'pt-BR': 'Mais {coming} estão a caminho.',
  ja: 'さらに{coming}ポイントが加わります。',
};
const REDEEM: Texts = {
  en: 'Turn {cost} points into {worth}',
  de: '{cost} Punkte gegen {worth} eintauschen',
  fr: 'Échanger {cost} points contre {worth}',
  es: 'Cambiar {cost} puntos por {worth}',
  'pt-BR': 'Trocar {cost} pontos por {worth}',
  ja: '{cost}ポイントを{worth}に交換',
};

/** Told of a balance. */
export interface Balance {
  points: bigint;
  coming: bigint;
}

const ONLY: Texts = {
  en: 'You have {points} points.',
  de: 'Sie haben {points} Punkte.',
  fr: 'Vous avez {points} points.',
  es: 'Tienes {points} puntos.',
  'pt-BR': 'Você tem {points} pontos.',
  ja: '{points}ポイントお持ちです。',
};

export function loyaltyView(
  held: readonly BenefitKind[],
  balance: Balance | null,
  settings: LoyaltySettings,
  { locale, currency }: { locale: string; currency: string },
): LoyaltyView {
  const { points } = settings;
  const isWorth = canRedeemIn(settings, currency);
  const say = (texts: Texts) => texts[closestTag(Object.keys(texts), locale)!]!;
  const tag = closestTag(Object.keys(HAVE), locale)!;
  const number = (value: bigint | number) => new Intl.NumberFormat(tag).format(value);
  const { redeem } = points;
  const fill = (text: string) =>
    text
      .replace('{points}', () => number(balance?.points ?? 0n))
      .replace('{coming}', () => number(balance?.coming ?? 0n))
      .replace('{cost}', () => number(redeem.points))
      .replace('{worth}', () => formatMoney(redeem.amount, currency, tag));
  return {
    benefits: held.flatMap((kind) => (kind === 'inbox' ? [] : [say(BENEFIT_TEXTS[kind])])),
    points: balance && {
      balance: Number(balance.points),
      sentence: [fill(say(isWorth ? HAVE : ONLY)), ...(balance.coming > 0n ? [fill(say(COMING))] : [])].join(
        ' ',
      ),
      canRedeem: isWorth && balance.points >= BigInt(redeem.points),
      redeem: fill(say(REDEEM)),
    },
  };
}
