/**
 * The time zone of an address. Countries come from the platform's own data (ICU, kept with Node); provinces stand here
 * for the countries that stretch over several zones.
 */

/** Where most people of a country with several zones live. */
const USUAL: Record<string, string> = {
  AR: 'America/Argentina/Buenos_Aires',
  AU: 'Australia/Sydney',
  BR: 'America/Sao_Paulo',
  CA: 'America/Toronto',
  CD: 'Africa/Kinshasa',
  CL: 'America/Santiago',
  CN: 'Asia/Shanghai',
  CY: 'Asia/Nicosia',
  DE: 'Europe/Berlin',
  EC: 'America/Guayaquil',
  ES: 'Europe/Madrid',
  GL: 'America/Nuuk',
  ID: 'Asia/Jakarta',
  KZ: 'Asia/Almaty',
  MN: 'Asia/Ulaanbaatar',
  MX: 'America/Mexico_City',
  MY: 'Asia/Kuala_Lumpur',
  NZ: 'Pacific/Auckland',
  PF: 'Pacific/Tahiti',
  PG: 'Pacific/Port_Moresby',
  PS: 'Asia/Gaza',
  PT: 'Europe/Lisbon',
  RU: 'Europe/Moscow',
  UA: 'Europe/Kyiv',
  US: 'America/New_York',
  UZ: 'Asia/Tashkent',
};

/** Zone → provinces, by country; the usual zone's are left out. Where a province has two, its larger part decides. */
const PROVINCES: Record<string, Record<string, string>> = {
  AU: {
    'Australia/Melbourne': 'VIC',
    'Australia/Brisbane': 'QLD',
    'Australia/Perth': 'WA',
    'Australia/Adelaide': 'SA',
    'Australia/Darwin': 'NT',
    'Australia/Hobart': 'TAS',
  },
  BR: {
    'America/Manaus': 'AM RR',
    'America/Porto_Velho': 'RO',
    'America/Cuiaba': 'MT',
    'America/Campo_Grande': 'MS',
    'America/Rio_Branco': 'AC',
  },
  CA: {
    'America/St_Johns': 'NL',
    'America/Halifax': 'NS NB PE',
    'America/Winnipeg': 'MB',
    'America/Regina': 'SK',
    'America/Edmonton': 'AB NT',
    'America/Vancouver': 'BC',
    'America/Whitehorse': 'YT',
    'America/Iqaluit': 'NU',
  },
  CL: { 'America/Punta_Arenas': 'MA' },
  ES: { 'Atlantic/Canary': 'GC TF' },
  ID: {
    'Asia/Makassar': 'BA KS KU KI SN SG ST SR SA GO NB NT',
    'Asia/Jayapura': 'PA PB PP PS PT PD PE MA MU',
  },
  MX: {
    'America/Tijuana': 'BC',
    'America/Mazatlan': 'BCS SIN NAY',
    'America/Hermosillo': 'SON',
    'America/Chihuahua': 'CHIH',
  },
  PT: { 'Atlantic/Azores': 'PT-20', 'Atlantic/Madeira': 'PT-30' },
  RU: {
    'Europe/Kaliningrad': 'KGD',
    'Europe/Samara': 'SAM UD',
    'Asia/Yekaterinburg': 'SVE CHE PER BA KGN ORE TYU KHM YAN',
    'Asia/Omsk': 'OMS',
    'Asia/Novosibirsk': 'NVS TOM ALT AL',
    'Asia/Krasnoyarsk': 'KYA KEM KK TY',
    'Asia/Irkutsk': 'IRK BU',
    'Asia/Yakutsk': 'SA AMU ZAB',
    'Asia/Vladivostok': 'PRI KHA YEV',
    'Asia/Magadan': 'MAG',
    'Asia/Sakhalin': 'SAK',
    'Asia/Kamchatka': 'KAM CHU',
  },
  US: {
    'America/Chicago': 'AL AR IL IA KS LA MN MS MO NE ND OK SD TN TX WI',
    'America/Denver': 'CO ID MT NM UT WY',
    'America/Phoenix': 'AZ',
    'America/Los_Angeles': 'CA NV OR WA',
    'America/Anchorage': 'AK',
    'Pacific/Honolulu': 'HI',
    'America/Puerto_Rico': 'PR VI',
    'Pacific/Guam': 'GU MP',
    'Pacific/Pago_Pago': 'AS',
    'America/Detroit': 'MI',
    'America/Indiana/Indianapolis': 'IN',
  },
};

/** Codes with a space in them can't stand in a list that is split at spaces. */
const SPACED: Record<string, string> = { 'Q ROO': 'America/Cancun' };

/** IANA zone of an address, by country and Shopify's province code; null when the country is not known. */
export function zoneOf(country: string | null | undefined, province?: string | null): string | null {
  const code = country?.toUpperCase() ?? '';
  if (!/^[A-Z]{2}$/.test(code)) return null;
  return (province && zoneOfProvince(code, province.toUpperCase())) || USUAL[code] || zoneOfCountry(code);
}

function zoneOfProvince(country: string, province: string): string | undefined {
  if (SPACED[province]) return SPACED[province];
  const zones = Object.entries(PROVINCES[country] ?? {});
  return zones.find(([, provinces]) => provinces.split(' ').includes(province))?.[0];
}

type LocaleWithZones = Intl.Locale & { getTimeZones?(): string[] | undefined };

function zoneOfCountry(country: string): string | null {
  return (new Intl.Locale(`und-${country}`) as LocaleWithZones).getTimeZones?.()?.[0] ?? null;
}
