/** Words on the pages where customers say what they want to get, in the languages of all pages for shoppers. */
import type { Texts } from '../shops/translations.ts';

const t = (en: string, de: string, fr: string, es: string, pt: string, ja: string): Texts => ({
  en,
  de,
  fr,
  es,
  'pt-BR': pt,
  ja,
});

/** The page of preferences. */
export const PREFERENCE_TEXTS = {
  title: t(
    'What you get, and when',
    'Was Sie wann erhalten',
    'Ce que vous recevez, et quand',
    'Qué recibes y cuándo',
    'O que você recebe e quando',
    '配信内容と時間の設定',
  ),
  intro: t(
    'News about your orders always reaches you. The rest is up to you.',
    'Nachrichten zu Ihren Bestellungen kommen immer an. Alles andere bestimmen Sie.',
    'Les nouvelles de vos commandes vous parviennent toujours. Le reste dépend de vous.',
    'Las noticias de tus pedidos te llegan siempre. Lo demás lo decides tú.',
    'As notícias dos seus pedidos sempre chegam. O resto é você quem decide.',
    'ご注文に関するお知らせは必ず届きます。それ以外はお好みでお選びください。',
  ),
  frequency: t(
    'How often',
    'Wie oft',
    'À quelle fréquence',
    'Con qué frecuencia',
    'Com que frequência',
    '頻度',
  ),
  all: t('As it comes', 'Wie es kommt', 'Au fil de l’eau', 'Según surja', 'Conforme surgir', '通常どおり'),
  fewer: t(
    'At most every two weeks',
    'Höchstens alle zwei Wochen',
    'Au plus toutes les deux semaines',
    'Como mucho cada dos semanas',
    'No máximo a cada duas semanas',
    '多くても2週間に1通',
  ),
  orderNews: t(
    'Nothing but order news',
    'Nur Nachrichten zu Bestellungen',
    'Uniquement mes commandes',
    'Solo noticias de mis pedidos',
    'Só notícias dos meus pedidos',
    '注文のお知らせだけ',
  ),
  hour: t('Time of day', 'Tageszeit', 'Moment de la journée', 'Momento del día', 'Hora do dia', '時間帯'),
  anyHour: t('Any', 'Egal', 'Peu importe', 'Me da igual', 'Tanto faz', '指定なし'),
  from: t('From {time}', 'Ab {time}', 'Dès {time}', 'Desde las {time}', 'A partir das {time}', '{time}以降'),
  language: t('Language', 'Sprache', 'Langue', 'Idioma', 'Idioma', '言語'),
  channel: t('By', 'Auf welchem Weg', 'Par quel moyen', 'Por qué medio', 'Por qual meio', '受け取り方法'),
  email: t('E-mail', 'E-Mail', 'E-mail', 'Correo', 'E-mail', 'メール'),
  sms: t('Text message', 'SMS', 'SMS', 'SMS', 'SMS', 'SMS'),
  pause: t('Pause', 'Pause', 'Pause', 'Pausa', 'Pausa', '一時停止'),
  noPause: t('No pause', 'Keine Pause', 'Pas de pause', 'Sin pausa', 'Sem pausa', 'しない'),
  month: t('A month', 'Einen Monat', 'Un mois', 'Un mes', 'Um mês', '1か月'),
  threeMonths: t('Three months', 'Drei Monate', 'Trois mois', 'Tres meses', 'Três meses', '3か月'),
  pausedUntil: t('Until {day}', 'Bis {day}', 'Jusqu’au {day}', 'Hasta el {day}', 'Até {day}', '{day}まで'),
  save: t('Save', 'Speichern', 'Enregistrer', 'Guardar', 'Salvar', '保存する'),
  saved: t(
    'Saved. It holds from now on.',
    'Gespeichert. Das gilt ab sofort.',
    'Enregistré. C’est valable dès maintenant.',
    'Guardado. Vale desde ahora.',
    'Salvo. Já está valendo.',
    '保存しました。今からこの設定になります。',
  ),
} satisfies Record<string, Texts>;

/** The page that an unsubscribe link opens. */
export const UNSUBSCRIBE_TEXTS = {
  titleThese: t(
    'No more mails like this one?',
    'Keine solchen E‑Mails mehr?',
    'Ne plus recevoir ce type d’e-mail ?',
    '¿No quieres más correos como este?',
    'Não quer mais e-mails como este?',
    'このようなメールを停止しますか？',
  ),
  titleAll: t(
    'Nothing but order news?',
    'Nur noch Nachrichten zu Bestellungen?',
    'Uniquement les nouvelles de vos commandes ?',
    '¿Solo noticias de tus pedidos?',
    'Só notícias dos seus pedidos?',
    '注文のお知らせだけにしますか？',
  ),
  stop: t('Yes, stop them', 'Ja, abbestellen', 'Oui, arrêter', 'Sí, no quiero más', 'Sim, parar', '停止する'),
  doneTitle: t('Done', 'Erledigt', 'C’est fait', 'Hecho', 'Pronto', '停止しました'),
  doneThese: t(
    '{shop} sends you no more mails like this one.',
    '{shop} schickt Ihnen keine solchen E-Mails mehr.',
    '{shop} ne vous enverra plus ce type d’e-mail.',
    '{shop} no te enviará más correos como este.',
    '{shop} não vai mais enviar e-mails como este.',
    '{shop}からこのようなメールは届かなくなります。',
  ),
  doneAll: t(
    '{shop} writes to you only about your orders from now on.',
    '{shop} schreibt Ihnen ab jetzt nur noch zu Ihren Bestellungen.',
    '{shop} ne vous écrira plus qu’au sujet de vos commandes.',
    '{shop} solo te escribirá sobre tus pedidos.',
    '{shop} só vai escrever sobre os seus pedidos.',
    '今後、{shop}からはご注文に関するお知らせだけが届きます。',
  ),
  preferences: t(
    'Choose what you get instead',
    'Lieber auswählen, was ankommt',
    'Choisir plutôt ce que je reçois',
    'Prefiero elegir qué recibo',
    'Prefiro escolher o que recebo',
    '受け取る内容を選ぶ',
  ),
} satisfies Record<string, Texts>;
