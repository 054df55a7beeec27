/** Mails a second on one core: from texts compiled when they were published, against MJML for each mail. */
import { compile } from '../../../app/messages/compile.server.ts';
import { parseText, renderMail, type Dressing } from '../../../app/messages/render.ts';
import { sampleFields } from '../../../app/messages/sample.ts';
import { DEFAULT_TEMPLATES } from '../../../app/sequences/defaults/defaults.ts';
import { links } from './sending.ts';

const TEXTS = DEFAULT_TEMPLATES.filter(({ locale }) => locale === 'en').map(({ text }) => text);
const FIELDS = sampleFields('en');
const DRESSING: Dressing = {
  class: 'ask',
  brand: { logoUrl: '', color: '#2b4c3f' },
  postalAddress: 'Main Street 1, 10115 Berlin',
};
const OWNER = { shopId: 1n, customerId: '01890000-0000-7000-8000-000000000000', messageId: null };
const TRACKING = {
  click: (url: string) => links.click(OWNER, url),
  pixelUrl: links.open(OWNER),
  ownOrigin: 'https://app.example.com',
};

/** Seconds of this process's CPU a mail. */
async function cost(mails: number, one: (index: number) => Promise<void> | void): Promise<number> {
  const cpu = process.cpuUsage();
  for (let i = 0; i < mails; i++) await one(i % TEXTS.length);
  const { user, system } = process.cpuUsage(cpu);
  return (user + system) / 1e6 / mails;
}

function render(parsed: ReturnType<typeof parseText>) {
  const mail = renderMail(parsed, FIELDS, DRESSING, TRACKING);
  if ('missing' in mail) throw new Error(`no mail: ${mail.missing.code}`);
}

export async function rendering(mails: number): Promise<{ perSecond: number; vsMjml: number }> {
  const compiled = await Promise.all(TEXTS.map((text) => compile(text, 'en')));
  const parse = (index: number, { html, text } = compiled[index]!) =>
    parseText({ subject: TEXTS[index]!.subject, html, text, sms: '' });
  const parsed = compiled.map((_, index) => parse(index));
  await cost(mails / 10, (index) => render(parsed[index]!));
  const ready = await cost(mails, (index) => render(parsed[index]!));
  const eachTime = await cost(Math.max(TEXTS.length, mails / 100), async (index) =>
    render(parse(index, await compile(TEXTS[index]!, 'en'))),
  );
  return { perSecond: 1 / ready, vsMjml: eachTime / ready };
}
