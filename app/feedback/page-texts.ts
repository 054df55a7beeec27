/** Words on the pages that take an answer, in the languages of the block. */
import { inSixLanguages as t, type Texts } from '../shops/translations.ts';

export const PAGE_TEXTS = {
  send: t('Send', 'Absenden', 'Envoyer', 'Enviar', 'Enviar', '送信'),
  choose: t(
    'Please choose one.',
    'Bitte wählen Sie eine Antwort.',
    'Veuillez choisir une réponse.',
    'Elige una respuesta, por favor.',
    'Escolha uma resposta, por favor.',
    'ひとつお選びください。',
  ),
  back: t('Back', 'Zurück', 'Retour', 'Atrás', 'Voltar', '戻る'),
  youSaid: t('You said', 'Ihre Antwort', 'Votre réponse', 'Tu respuesta', 'Sua resposta', 'ご回答'),
  change: t(
    'That is not what I meant',
    'Das habe ich nicht gemeint',
    'Ce n’est pas ce que je voulais dire',
    'No quería decir eso',
    'Não foi isso que eu quis dizer',
    '回答を変更する',
  ),
  goneTitle: t(
    'This link has done its work',
    'Dieser Link hat ausgedient',
    'Ce lien n’est plus actif',
    'Este enlace ya no sirve',
    'Este link não funciona mais',
    'このリンクは現在ご利用いただけません',
  ),
  goneText: t(
    'There is nothing left to answer here. Thank you for coming by.',
    'Hier gibt es nichts mehr zu beantworten. Danke, dass Sie vorbeigeschaut haben.',
    'Il n’y a plus rien à remplir ici. Merci de votre visite.',
    'Aquí ya no queda nada por responder. Gracias por pasar.',
    'Não há mais nada para responder aqui. Obrigado pela visita.',
    'こちらでお答えいただくことはもうありません。ありがとうございました。',
  ),
  placeTwice: t(
    'Two of them had the same place. Is this the order you mean?',
    'Zwei davon hatten denselben Platz. Ist das die Reihenfolge, die Sie meinen?',
    'Deux d’entre eux avaient la même place. Est-ce l’ordre que vous vouliez ?',
    'Dos tenían el mismo puesto. ¿Es este el orden que querías?',
    'Dois estavam no mesmo lugar. É esta a ordem que você queria?',
    '同じ順位が2つありました。この順番でよろしいですか。',
  ),
  wrong: t(
    'That could not be saved. Please look at your answer again.',
    'Das konnte nicht gespeichert werden. Bitte sehen Sie Ihre Antwort noch einmal an.',
    'Cela n’a pas pu être enregistré. Veuillez revoir votre réponse.',
    'No se pudo guardar. Revisa tu respuesta, por favor.',
    'Não foi possível salvar. Reveja sua resposta, por favor.',
    '保存できませんでした。内容をもう一度ご確認ください。',
  ),
} as const satisfies Record<string, Texts>;
