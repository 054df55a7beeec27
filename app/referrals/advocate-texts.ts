/** Words on an advocate's own page. {names} are filled in. */
import type { Texts } from '../shops/translations.ts';

const t = (en: string, de: string, fr: string, es: string): Texts => ({ en, de, fr, es });

export const ADVOCATE_TEXTS = {
  title: t('Invite your friends', 'Laden Sie Freunde ein', 'Invitez vos amis', 'Invita a tus amigos'),
  titleNamed: t(
    'Invite your friends, {name}',
    'Laden Sie Freunde ein, {name}',
    'Invitez vos amis, {name}',
    'Invita a tus amigos, {name}',
  ),
  code: t('Your code', 'Ihr Code', 'Votre code', 'Tu código'),
  link: t('Your link', 'Ihr Link', 'Votre lien', 'Tu enlace'),
  share: t('Send it by', 'Senden über', 'Envoyer par', 'Enviar por'),
  email: t('E-mail', 'E-Mail', 'E-mail', 'Correo'),
  text: t('Text message', 'SMS', 'SMS', 'SMS'),
  copy: t(
    'To paste anywhere',
    'Zum Einfügen, wo Sie wollen',
    'À coller où vous voulez',
    'Para pegar donde quieras',
  ),
  copyButton: t('Copy', 'Kopieren', 'Copier', 'Copiar'),
  copied: t('Copied', 'Kopiert', 'Copié', 'Copiado'),
  qr: t('To be scanned', 'Zum Scannen', 'À scanner', 'Para escanear'),
  friends: t('Who has come', 'Wer gekommen ist', 'Qui est venu', 'Quién ha venido'),
  noFriends: t(
    'Nobody yet. Whoever orders with your code appears here, with the first name only.',
    'Noch niemand. Wer mit Ihrem Code bestellt, erscheint hier, nur mit dem Vornamen.',
    'Personne pour le moment. Qui commande avec votre code apparaît ici, avec son seul prénom.',
    'Nadie todavía. Quien pida con tu código aparecerá aquí, solo con su nombre.',
  ),
  aFriend: t('A friend', 'Jemand', 'Une personne', 'Una persona'),
  given: t('What you have earned', 'Was Sie bekommen haben', 'Ce que vous avez gagné', 'Lo que has ganado'),
  until: t('until {day}', 'bis {day}', 'jusqu’au {day}', 'hasta el {day}'),
  used: t('used', 'eingelöst', 'utilisé', 'usado'),
  expired: t('expired', 'abgelaufen', 'expiré', 'caducado'),
  onItsWay: t('on its way', 'unterwegs', 'en route', 'en camino'),
  getting: t('For you: {gift}', 'Für Sie: {gift}', 'Pour vous : {gift}', 'Para ti: {gift}'),
  nextOne: t(
    'One more friend, and you get {gift} as well.',
    'Noch eine Person, und Sie bekommen zusätzlich {gift}.',
    'Encore une personne, et vous recevez aussi {gift}.',
    'Una persona más y recibes también {gift}.',
  ),
  nextMany: t(
    '{count} more friends, and you get {gift} as well.',
    'Noch {count} Personen, und Sie bekommen zusätzlich {gift}.',
    'Encore {count} personnes, et vous recevez aussi {gift}.',
    '{count} personas más y recibes también {gift}.',
  ),
  appeal: t('That is not right', 'Das stimmt nicht', 'Ce n’est pas juste', 'No es correcto'),
  appealLabel: t(
    'What the shop should know. A person reads it and answers by mail.',
    'Was der Shop wissen sollte. Ein Mensch liest es und antwortet per Mail.',
    'Ce que la boutique devrait savoir. Une personne le lit et répond par mail.',
    'Lo que la tienda debería saber. Una persona lo lee y responde por correo.',
  ),
  appealSend: t(
    'Ask for another look',
    'Um Prüfung bitten',
    'Demander un nouvel examen',
    'Pedir que se revise',
  ),
  appealed: t(
    'You have asked the shop to look at it again. A person answers by mail.',
    'Sie haben den Shop gebeten, es noch einmal anzusehen. Ein Mensch antwortet per Mail.',
    'Vous avez demandé à la boutique de l’examiner de nouveau. Une personne répond par mail.',
    'Has pedido a la tienda que lo revise. Una persona responde por correo.',
  ),
  none: t(
    'There is no invitation for you just now. What your friends have ordered stays here.',
    'Zurzeit gibt es keine Einladung für Sie. Was Ihre Freunde bestellt haben, bleibt hier stehen.',
    'Il n’y a pas d’invitation pour vous en ce moment. Ce que vos amis ont commandé reste ici.',
    'Ahora mismo no hay ninguna invitación para ti. Lo que han pedido tus amigos sigue aquí.',
  ),
  soon: t(
    'Your code is being made. Look again in a minute.',
    'Ihr Code wird gerade angelegt. Schauen Sie in einer Minute wieder vorbei.',
    'Votre code est en cours de création. Revenez dans une minute.',
    'Tu código se está creando. Vuelve en un minuto.',
  ),
  disclosure: t(
    'You get something when a friend orders. When you recommend {shop} in public, please say so.',
    'Sie bekommen etwas, wenn jemand über Sie bestellt. Wenn Sie {shop} öffentlich empfehlen, sagen Sie es bitte dazu.',
    'Vous recevez quelque chose lorsqu’une personne commande grâce à vous. Si vous recommandez {shop} en public, merci de le préciser.',
    'Recibes algo cuando alguien pide gracias a ti. Si recomiendas {shop} en público, dilo, por favor.',
  ),
} as const;
