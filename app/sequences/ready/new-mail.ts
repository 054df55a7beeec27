/** A mail that a merchant is about to write. */
import type { Template } from '../../messages/blocks.ts';
import { MAIL_LOCALES, type MailLocale } from '../../shops/settings.ts';
import { letter } from './texts/texts.ts';

const WORDS: Record<MailLocale, Parameters<typeof letter>[0]> = {
  en: {
    subject: 'A word from {{ shop.name }}',
    preheader: 'What stands beside the subject in the inbox.',
    heading: 'What it is about',
    text: 'Hello{% if customer.first_name %} {{ customer.first_name }}{% endif %},\n\nwrite here what you would like to say.',
  },
  de: {
    subject: 'Post von {{ shop.name }}',
    preheader: 'Was im Posteingang neben dem Betreff steht.',
    heading: 'Worum es geht',
    text: 'Guten Tag{% if customer.first_name %} {{ customer.first_name }}{% endif %},\n\nschreiben Sie hier, was Sie sagen möchten.',
  },
  fr: {
    subject: 'Un mot de {{ shop.name }}',
    preheader: 'Ce qui s’affiche à côté de l’objet.',
    heading: 'De quoi il s’agit',
    text: 'Bonjour{% if customer.first_name %} {{ customer.first_name }}{% endif %},\n\nécrivez ici ce que vous voulez dire.',
  },
  es: {
    subject: 'Unas palabras de {{ shop.name }}',
    preheader: 'Lo que aparece junto al asunto.',
    heading: 'De qué se trata',
    text: 'Hola{% if customer.first_name %}, {{ customer.first_name }}{% endif %}:\n\nescribe aquí lo que quieras decir.',
  },
};

/** @param name tells it from the shop's other mails */
export function newMail(shopLocale: string, name: string): Template {
  const locale = MAIL_LOCALES.find((each) => each === shopLocale.split('-')[0]) ?? 'en';
  return { key: `mail-${name}`, locale, text: letter(WORDS[locale]) };
}
