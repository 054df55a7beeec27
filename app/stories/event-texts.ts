/** Words of the page with the pictures of a day a customer was at. */
import { inFourLanguages as t, type Texts } from '../shops/translations.ts';

export const EVENT_TEXTS = {
  lead: t(
    'Mark the pictures you are in. Nobody but you and the shop sees that, until you share it.',
    'Markieren Sie die Bilder, auf denen Sie zu sehen sind. Das sehen nur Sie und der Shop, bis Sie es teilen.',
    'Indiquez les photos où l’on vous voit. Vous seul et la boutique le voyez, tant que vous ne partagez pas.',
    'Marca las fotos en las que sales. Solo lo ven tú y la tienda, hasta que lo compartas.',
  ),
  none: t(
    'There are no pictures here yet.',
    'Hier sind noch keine Bilder.',
    'Il n’y a pas encore de photos ici.',
    'Aquí todavía no hay fotos.',
  ),
  me: t('That is me', 'Das bin ich', 'C’est moi', 'Soy yo'),
  save: t('Save', 'Speichern', 'Enregistrer', 'Guardar'),
  saved: t('Saved.', 'Gespeichert.', 'Enregistré.', 'Guardado.'),
  share: t(
    'Share this link with friends. It shows the pictures you have marked, and no others:',
    'Teilen Sie diesen Link. Er zeigt die Bilder, die Sie markiert haben, und keine anderen:',
    'Partagez ce lien. Il montre les photos que vous avez indiquées, et aucune autre :',
    'Comparte este enlace. Muestra las fotos que has marcado, y ninguna otra:',
  ),
  hide: t(
    'I would rather not be seen here',
    'Hier möchte ich nicht zu sehen sein',
    'Je préfère ne pas y figurer',
    'Prefiero no salir aquí',
  ),
  hideHint: t(
    'A picture that somebody does not want shown is gone from this page for everybody, at once.',
    'Ein Bild, das jemand nicht gezeigt haben möchte, ist sofort für alle von dieser Seite verschwunden.',
    'Une photo que quelqu’un ne souhaite pas montrer disparaît aussitôt de cette page, pour tous.',
    'Una foto que alguien no quiere mostrar desaparece al momento de esta página, para todos.',
  ),
} as const satisfies Record<string, Texts>;
