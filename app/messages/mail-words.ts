/** What every mail says beside the merchant's own text, in the languages that mails are written in. */
import { closestTag } from '../shops/translations.ts';

export interface MailWords {
  /** Why this mail was sent; `{shop}` is its name. */
  whyService: string;
  whyAsk: string;
  whyAnswer: string;
  preferences: string;
  /** No more of this kind. */
  unsubscribe: string;
  unsubscribeAll: string;
  quantity: string;
  /** How many of five stars, for those who hear them; `{count}`. */
  stars: string;
  notArrived: string;
}

const WORDS: Readonly<Record<string, MailWords>> = {
  en: {
    whyService: 'You get this mail because you ordered at {shop}.',
    whyAsk: 'You get this mail because you are a customer of {shop}.',
    whyAnswer: 'You get this mail because you asked at {shop} and left your address for the answer.',
    preferences: 'What you get, and when',
    unsubscribe: 'No more of these',
    unsubscribeAll: 'Nothing but order news',
    quantity: 'Quantity',
    stars: '{count} of 5 stars',
    notArrived: 'It has not arrived yet',
  },
  de: {
    whyService: 'Sie erhalten diese E-Mail, weil Sie bei {shop} bestellt haben.',
    whyAsk: 'Sie erhalten diese E-Mail, weil Sie bei {shop} eingekauft haben.',
    whyAnswer:
      'Sie erhalten diese E-Mail, weil Sie bei {shop} gefragt und für die Antwort Ihre Adresse angegeben haben.',
    preferences: 'Was Sie wann erhalten',
    unsubscribe: 'Keine solchen E-Mails mehr',
    unsubscribeAll: 'Nur noch Nachrichten zu Bestellungen',
    quantity: 'Menge',
    stars: '{count} von 5 Sternen',
    notArrived: 'Es ist noch nicht angekommen',
  },
  fr: {
    whyService: 'Vous recevez cet e-mail parce que vous avez commandé chez {shop}.',
    whyAsk: 'Vous recevez cet e-mail parce que vous avez fait un achat chez {shop}.',
    whyAnswer:
      'Vous recevez cet e-mail parce que vous avez posé une question à {shop} et laissé votre adresse pour la réponse.',
    preferences: 'Choisir ce que je reçois',
    unsubscribe: 'Ne plus recevoir ce type d’e-mail',
    unsubscribeAll: 'Uniquement le suivi de mes commandes',
    quantity: 'Quantité',
    stars: '{count} étoiles sur 5',
    notArrived: 'Ma commande n’est pas encore arrivée',
  },
  es: {
    whyService: 'Recibes este correo porque has comprado en {shop}.',
    whyAsk: 'Recibes este correo porque eres cliente de {shop}.',
    whyAnswer: 'Recibes este correo porque preguntaste en {shop} y dejaste tu dirección para la respuesta.',
    preferences: 'Elegir qué recibo y cuándo',
    unsubscribe: 'No recibir más correos como este',
    unsubscribeAll: 'Solo noticias de mis pedidos',
    quantity: 'Cantidad',
    stars: '{count} de 5 estrellas',
    notArrived: 'Aún no ha llegado',
  },
  'pt-BR': {
    whyService: 'Você recebe este e-mail porque comprou na {shop}.',
    whyAsk: 'Você recebe este e-mail porque é cliente da {shop}.',
    whyAnswer:
      'Você recebe este e-mail porque fez uma pergunta à {shop} e deixou seu e-mail para a resposta.',
    preferences: 'Escolher o que recebo e quando',
    unsubscribe: 'Não quero mais e-mails como este',
    unsubscribeAll: 'Só notícias dos meus pedidos',
    quantity: 'Quantidade',
    stars: '{count} de 5 estrelas',
    notArrived: 'Ainda não chegou',
  },
  ja: {
    whyService: '{shop}でご注文いただいたお客様にお送りしています。',
    whyAsk: '{shop}のお客様にお送りしています。',
    whyAnswer: '{shop}にご質問いただき、回答用のメールアドレスをご記入いただいた方にお送りしています。',
    preferences: '配信内容と時間の設定',
    unsubscribe: 'この種類のメールを停止する',
    unsubscribeAll: '注文に関するお知らせだけ受け取る',
    quantity: '数量',
    stars: '5つ星のうち{count}',
    notArrived: 'まだ届いていません',
  },
};

export function mailWords(locale: string): MailWords {
  return WORDS[closestTag(Object.keys(WORDS), locale) ?? 'en']!;
}
