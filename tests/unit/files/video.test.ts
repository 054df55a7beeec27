import { describe, expect, test } from 'vitest';
import { applyPatches, boxIn, readVideo, type Box } from '../../../app/files/video.ts';
import { aVideo, box, PICTURES, PLACE } from '../../videos.ts';

function topOf(file: Buffer): Box[] {
  const boxes: Box[] = [];
  for (let at = 0; at < file.length;) {
    const found = boxIn(file.subarray(at, at + 16), at, file.length);
    if (!found) throw new Error(`no box at ${at}`);
    boxes.push(found);
    at = found.end;
  }
  return boxes;
}

function read(file: Buffer) {
  const top = topOf(file);
  const moov = top.find(({ type }) => type === 'moov');
  return readVideo(top, moov ? file.subarray(moov.start, moov.end) : Buffer.alloc(0));
}

/** @param piece bytes that are written over at once */
function scrubbed(file: Buffer, piece = file.length): Buffer {
  const { patches } = read(file)!;
  const copy = Buffer.from(file);
  for (let at = 0; at < copy.length; at += piece) applyPatches(copy.subarray(at, at + piece), at, patches);
  return copy;
}

describe('a video', () => {
  test('says its size, and says nowhere any more where it was taken', () => {
    const file = aVideo();
    expect(read(file)).toMatchObject({ width: 480, height: 960 });
    expect(file.toString('latin1').split(PLACE).length - 1).toBeGreaterThan(5);
    const clean = scrubbed(file);
    expect(clean.toString('latin1')).not.toContain('48.8584');
    expect(clean.toString('latin1')).not.toContain('ISO6709');
  });

  test('keeps what a player needs where it was', () => {
    const file = aVideo();
    const clean = scrubbed(file);
    expect(clean.length).toBe(file.length);
    expect(clean.indexOf(PICTURES)).toBe(file.indexOf(PICTURES));
    expect(topOf(clean).map(({ type }) => type)).toEqual(['ftyp', 'moov', 'mdat', 'free', 'free']);
    // Read again, there is nothing left to take out but what is empty already.
    expect(scrubbed(clean).equals(clean)).toBe(true);
  });

  test('comes out the same in whatever pieces it is written over', () => {
    const file = aVideo();
    const whole = scrubbed(file);
    for (const piece of [1, 3, 7, 64, 1000]) expect(scrubbed(file, piece).equals(whole)).toBe(true);
  });

  test('is none without an index, without pictures, or in pieces for streaming', () => {
    const top = [box('ftyp', 'isom'), box('mdat', 'x')];
    expect(read(Buffer.concat(top))).toBeNull();
    const silent = box('moov', box('mvhd', Buffer.alloc(100)));
    expect(read(Buffer.concat([...top, silent]))).toBeNull();
    expect(read(Buffer.concat([aVideo(), box('moof', '')]))).toBeNull();
  });

  test('whose index points out of itself throws a RangeError, and never reads beyond', () => {
    const file = aVideo();
    const moov = topOf(file).find(({ type }) => type === 'moov')!;
    const index = file.subarray(moov.start, moov.end);
    let thrown = 0;
    for (let at = 8; at + 4 < index.length; at++) {
      const spoiled = Buffer.from(index);
      spoiled.writeUInt32BE(0x7fff_ffff, at);
      try {
        readVideo(topOf(file), spoiled);
      } catch (error) {
        expect(error).toBeInstanceOf(RangeError);
        thrown++;
      }
    }
    expect(thrown).toBeGreaterThan(50);
  });
});

test('a box that is longer than the file is none', () => {
  expect(boxIn(box('mdat', 'abc'), 0, 11)).toMatchObject({ type: 'mdat', body: 8, end: 11 });
  expect(boxIn(box('mdat', 'abc'), 0, 10)).toBeNull();
  expect(boxIn(Buffer.from([0, 0, 0, 4, 1, 1, 1, 1]), 0, 99)).toBeNull();
});
