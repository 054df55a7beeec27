/** E32: pictures that mean harm. Each gets a clear answer, nothing but pixels comes through, memory stays bounded. */
import { fork } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { hostileImages, MARK, type HostileImage } from '../hostile-images.ts';

interface Report {
  results: { name: string; refusal: string | null; versions: string[]; ms: number }[];
  maxRssMb: number;
}

/** Seconds for one picture, on a machine that does much else. */
const MAX_MS = 20_000;
const MAX_RSS_MB = 300;

describe('hostile pictures', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'everafter-hostile-'));
  let images: HostileImage[];
  let report: Report;

  beforeAll(async () => {
    images = await hostileImages();
    images.forEach(({ bytes }, i) => writeFileSync(path.join(folder, String(i).padStart(3, '0')), bytes));
    report = await new Promise<Report>((resolve, reject) => {
      const child = fork(path.join(import.meta.dirname, '../hostile-child.ts'), [folder]);
      child.once('message', (message) => resolve(message as Report));
      child.once('error', reject);
      child.once('exit', (code) => code !== 0 && reject(new Error(`ended with ${code}`)));
    });
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test('there are sixty and more, with different names', () => {
    expect(new Set(images.map(({ name }) => name)).size).toBe(images.length);
    expect(images.length).toBeGreaterThanOrEqual(60);
  });

  test('each is taken or refused as it should be', () => {
    const became = images.map(({ name }, i) => [name, report.results[i]!.refusal ?? 'clean'] as const);
    const wrong = became.filter(
      ([, outcome], i) => ![images[i]!.becomes].flat().includes(outcome as 'clean'),
    );
    expect(wrong).toEqual([]);
    expect(report.results.filter(({ ms }) => ms > MAX_MS)).toEqual([]);
  });

  test('what is taken has no place, no comment and no second file in it', async () => {
    const carries: string[] = [];
    let looked = 0;
    for (const [i, { versions }] of report.results.entries())
      for (const bytes of versions.map((text) => Buffer.from(text, 'base64'))) {
        const { exif, xmp, iptc, format, comments } = await sharp(bytes).metadata();
        looked++;
        const isBare = !exif && !xmp && !iptc && !comments && (format === 'jpeg' || format === 'png');
        if (!isBare || /HOSTILE|Exif|GPS|<\?xpacket|script|<[?]php/.test(bytes.toString('latin1')))
          carries.push(images[i]!.name);
      }
    expect(carries).toEqual([]);
    expect(looked).toBeGreaterThan(20);
  });

  test('the pictures did carry it before', () => {
    const marked = images.filter(({ bytes }) => bytes.toString('latin1').includes(MARK));
    expect(marked.length).toBeGreaterThan(25);
  });

  test(`all of them together take less than ${MAX_RSS_MB} MB`, () => {
    expect(report.maxRssMb).toBeLessThan(MAX_RSS_MB);
  });
});
