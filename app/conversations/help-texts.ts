/** "Did it help?", in the languages of the house: one neutral question, no favour asked. */
import { inFourLanguages as t } from '../shops/translations.ts';

export const HELP_TEXTS = {
  subject: t(
    'How did we do?',
    'Wie haben wir das gemacht?',
    'Comment avons-nous fait ?',
    '¿Qué tal lo hemos hecho?',
  ),
  question: t(
    'You wrote to us, and we tried to help. How content are you with how it went?',
    'Sie hatten uns geschrieben, und wir haben versucht zu helfen. Wie zufrieden sind Sie damit, wie es gelaufen ist?',
    'Vous nous avez écrit et nous avons essayé d’aider. Êtes-vous satisfait de la façon dont cela s’est passé ?',
    'Nos escribiste e intentamos ayudar. ¿Qué te pareció cómo fue?',
  ),
  1: t('Not at all', 'Gar nicht', 'Pas du tout', 'Nada'),
  2: t('Not really', 'Eher nicht', 'Plutôt pas', 'Poco'),
  3: t('So so', 'Teils, teils', 'Moyennement', 'Regular'),
  4: t('Content', 'Zufrieden', 'Satisfait', 'Contento'),
  5: t('Very content', 'Sehr zufrieden', 'Très satisfait', 'Muy contento'),
  send: t('Send', 'Senden', 'Envoyer', 'Enviar'),
  thanks: t('Thank you', 'Danke', 'Merci', 'Gracias'),
  noted: t('We have noted it.', 'Wir haben es notiert.', 'Nous l’avons noté.', 'Lo hemos anotado.'),
  gone: t(
    'There is nothing to answer any more',
    'Hier gibt es nichts mehr zu beantworten',
    'Il n’y a plus rien à répondre',
    'Ya no hay nada que responder',
  ),
} as const;

export const HELP_SCORES = [1, 2, 3, 4, 5] as const;
