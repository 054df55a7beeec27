/** The mail that reminds of points before they run out. Merchants edit it afterwards. */
import type { Template } from '../messages/blocks.ts';
import { MAIL_LOCALES, type MailLocale } from '../shops/settings.ts';

export const POINTS_REMINDER = 'points-reminder';

const NAME = '{% if customer.first_name %} {{ customer.first_name }}{% endif %}';

type Said = readonly [subject: string, preheader: string, heading: string, text: string, button: string];

const SAID: Record<MailLocale, Said> = {
  en: [
    'Yours until {{ points.ends_on }}: {{ points.ending }} points',
    'Before they run out.',
    'Before they run out',
    `Hello${NAME},\n\n{{ points.ending }} of your points run out soon, the first of them on {{ points.ends_on }}. You have {{ points.balance }} in all. In your account, and on the page of each order, you can turn them into something.`,
    'Go to your account',
  ],
  de: [
    'Noch bis {{ points.ends_on }}: {{ points.ending }} Punkte',
    'Bevor sie verfallen.',
    'Bevor sie verfallen',
    `Guten Tag${NAME},\n\n{{ points.ending }} Ihrer Punkte verfallen bald, die ersten am {{ points.ends_on }}. Insgesamt haben Sie {{ points.balance }}. In Ihrem Kundenkonto und auf der Seite jeder Bestellung können Sie sie eintauschen.`,
    'Zum Kundenkonto',
  ],
  fr: [
    'Jusqu’au {{ points.ends_on }} : {{ points.ending }} points',
    'Avant la fin.',
    'Avant la fin',
    `Bonjour${NAME},\n\n{{ points.ending }} de vos points expirent bientôt, les premiers le {{ points.ends_on }}. Vous en avez {{ points.balance }} en tout. Vous pouvez les échanger dans votre compte et sur la page de chaque commande.`,
    'Aller à mon compte',
  ],
  es: [
    'Hasta el {{ points.ends_on }}: {{ points.ending }} puntos',
    'Antes de que caduquen.',
    'Antes de que caduquen',
    `Hola{% if customer.first_name %}, {{ customer.first_name }}{% endif %}:\n\n{{ points.ending }} de tus puntos caducan pronto, los primeros el {{ points.ends_on }}. En total tienes {{ points.balance }}. Puedes cambiarlos en tu cuenta y en la página de cada pedido.`,
    'Ir a mi cuenta',
  ],
};

export const POINTS_TEMPLATES: Template[] = MAIL_LOCALES.map((locale) => {
  const [subject, preheader, heading, text, label] = SAID[locale];
  return {
    key: POINTS_REMINDER,
    locale,
    text: {
      subject,
      preheader,
      blocks: [
        { kind: 'heading', text: heading },
        { kind: 'paragraph', text },
        { kind: 'button', label, url: '{{ shop.url }}/account' },
        { kind: 'signature', text: '{{ shop.signature }}' },
      ],
    },
  };
});
