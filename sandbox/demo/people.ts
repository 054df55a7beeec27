/** The customers of the demo shop: thirty people in six countries, all invented. */

import type { CustomerInput } from '../types.ts';

/** First name, last name, city, zip, street, consent to mails. */
type Entry = [string, string, string, string, string, boolean];

interface Place {
  country: string;
  province: string | null;
  locale: string;
  phone: string | null;
  people: Entry[];
}

const PLACES: Place[] = [
  {
    country: 'IE',
    province: null,
    locale: 'en',
    phone: '+35386555',
    people: [
      ['Aoife', 'Byrne', 'Galway', 'H91 E2K3', '12 Dominick Street', true],
      ['Conor', 'Walsh', 'Cork', 'T12 W8XD', '4 Barrack Street', true],
      ['Niamh', 'Kelly', 'Dublin', 'D08 YY05', '31 Clanbrassil Street', true],
      ['Eoin', 'Murphy', 'Sligo', 'F91 P8N2', '7 Wine Street', false],
      ['Saoirse', 'Doyle', 'Kilkenny', 'R95 A4D6', '2 Parliament Street', true],
    ],
  },
  {
    country: 'DE',
    province: null,
    locale: 'de',
    phone: null,
    people: [
      ['Jonas', 'Brandt', 'Hamburg', '22765', 'Bahrenfelder Straße 90', true],
      ['Lena', 'Vogel', 'Berlin', '10997', 'Wrangelstraße 12', true],
      ['Friederike', 'Krüger', 'Leipzig', '04229', 'Karl-Heine-Straße 55', false],
      ['Matthias', 'Lang', 'München', '81541', 'Tegernseer Landstraße 8', true],
      ['Sophie', 'Winter', 'Köln', '50823', 'Venloer Straße 210', true],
    ],
  },
  {
    country: 'FR',
    province: null,
    locale: 'fr',
    phone: null,
    people: [
      ['Camille', 'Moreau', 'Lyon', '69004', '18 rue du Mail', true],
      ['Hugo', 'Lefèvre', 'Nantes', '44000', '5 rue Kervégan', true],
      // Lives with Camille: what comes of her code has to be looked at.
      ['Inès', 'Moreau', 'Lyon', '69004', '18 rue du Mail', true],
      ['Antoine', 'Roussel', 'Lille', '59800', '9 rue de Gand', false],
      ['Chloé', 'Fontaine', 'Bordeaux', '33000', '23 rue Notre-Dame', true],
    ],
  },
  {
    country: 'ES',
    province: null,
    locale: 'es',
    phone: null,
    people: [
      ['Ana', 'Ruiz', 'Madrid', '28004', 'Calle del Pez 14', true],
      ['Javier', 'Ortega', 'Valencia', '46006', 'Calle Sueca 41', true],
      ['Lucía', 'Navarro', 'Sevilla', '41002', 'Calle Feria 88', true],
      ['Pablo', 'Iglesias Vidal', 'Bilbao', '48005', 'Calle Somera 3', false],
      ['Carmen', 'Soler', 'Barcelona', '08012', 'Carrer de Verdi 27', true],
    ],
  },
  {
    country: 'BR',
    province: 'SP',
    locale: 'pt-BR',
    phone: null,
    people: [
      ['Beatriz', 'Carvalho', 'São Paulo', '05422-012', 'Rua dos Pinheiros 410', true],
      ['Thiago', 'Almeida', 'Campinas', '13025-320', 'Rua Coronel Quirino 77', true],
      ['Larissa', 'Nogueira', 'Santos', '11045-001', 'Avenida Ana Costa 152', true],
      ['Rafael', 'Teixeira', 'São Paulo', '01239-030', 'Rua Sergipe 21', false],
      ['Helena', 'Barros', 'São Paulo', '05443-000', 'Rua Girassol 300', true],
    ],
  },
  {
    country: 'JP',
    province: 'JP-13',
    locale: 'ja',
    phone: null,
    people: [
      ['Haruka', 'Mori', 'Setagaya', '154-0004', '2-14-7 Taishido', true],
      ['Kenji', 'Aoki', 'Suginami', '167-0042', '3-8-1 Nishiogikita', true],
      ['Yui', 'Nakagawa', 'Meguro', '153-0051', '1-22-3 Kamimeguro', true],
      ['Daichi', 'Sakamoto', 'Taito', '111-0052', '4-5-9 Yanagibashi', false],
      ['Emi', 'Hayashi', 'Bunkyo', '113-0031', '2-30-11 Nezu', true],
    ],
  },
];

const EMAIL_HOSTS = ['example.com', 'example.org', 'example.net'];

/** In an order that mixes the countries, so that every week has people from several. */
export function people(): CustomerInput[] {
  const groups = PLACES.map((place) => place.people.map((entry, index) => personOf(place, entry, index)));
  return [0, 1, 2, 3, 4].flatMap((row) => groups.flatMap((group) => group[row] ?? []));
}

function personOf(
  place: Place,
  [firstName, lastName, city, zip, line1, acceptsMarketing]: Entry,
  index: number,
): CustomerInput {
  const { country, province, locale, phone } = place;
  return {
    email: `${plain(firstName)}.${plain(lastName)}@${EMAIL_HOSTS[index % EMAIL_HOSTS.length]}`,
    firstName,
    lastName,
    locale,
    acceptsMarketing,
    ...(phone && { phone: `${phone}01${20 + index}`, acceptsSms: index % 2 === 0 }),
    address: { country, province, city, zip, line1, firstName, lastName },
  };
}

/** `Lefèvre` → `lefevre` */
function plain(name: string): string {
  return name
    .normalize('NFD')
    .replace(/[\u0300-\u036f]/g, '')
    .toLowerCase()
    .replace(/[^a-z]+/g, '');
}
