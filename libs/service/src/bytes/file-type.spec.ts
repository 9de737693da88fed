import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { attachmentContentTypes, evidenceTypes } from '#contracts';
import { pdfOf, smallFile } from '#testing';
import { isWhole, typeFaults, type FileType } from './file-type.ts';

const types: readonly FileType[] = [...new Set([...attachmentContentTypes, ...evidenceTypes])];
const marked = types.filter((type) => type !== 'text/plain');

describe('The bytes of a file', () => {
  it.each(types)('that begin and end like %s are of that type and of no other type with marks [W20]', (type) => {
    const found = types.filter((each) => isWhole(each, smallFile(type)));
    // a small PDF without a compressed part is also a valid text
    expect(found.filter((each) => each === type || each !== 'text/plain')).toEqual([type]);
  });

  it.each(marked)('that stop anywhere before their end are not %s [W20]', (type) => {
    const whole = smallFile(type);
    // the last mark of a PDF is followed by a line end; that of a sound by the rest of its only frame
    const needed = type === 'application/pdf' ? 1 : type === 'audio/mpeg' ? whole.length - 23 : 0;
    fc.assert(
      fc.property(fc.nat(whole.length - 1 - needed), (length) => isWhole(type, whole.subarray(0, length)) === false),
    );
  });

  it.each([
    ['application/pdf', '%PDF-1.4'],
    ['application/pdf', '%PDF-1.4\n'],
    ['application/pdf', '%PDF-'],
    ['application/pdf', '%PDF-x.y\n%%EOF'],
    ['application/pdf', '%PDF-1\n%%EOF'],
    ['application/pdf', '%%EOF\n%PDF-1.4\n'],
    ['application/pdf', 'hello %%EOF'],
    ['image/jpeg', '\xff\xd8\xff'],
    ['image/jpeg', '\xff\xd8\xff\xe0'],
    ['image/jpeg', '\xff\xd8\xff\x00\xff\xd9'],
    ['image/jpeg', '\xff\xd8\xff\xd9'],
    ['image/png', '\x89PNG\r\n\x1a\n'],
    ['image/png', '\x89PNG\r\n\x1a\n\0\0\0\rIHDR'],
    ['image/png', '\x89PNG\r\n\x1a\n\0\0\0\0IEND\xae\x42\x60\x82'],
    ['image/tiff', 'II*\0'],
    ['image/tiff', 'II*\0\x08\0\0\0'],
    ['image/tiff', 'MM\0*\0\0\0\x08\0\0'],
    ['image/tiff', 'II*\0\xff\xff\xff\xff'],
    ['image/webp', 'RIFF\x22\0\0\0WEBPVP8 '],
    ['audio/wav', 'RIFF\x26\0\0\0WAVEfmt '],
    ['audio/wav', 'RIFF\0\0\0\0WAVE'],
    ['audio/mpeg', 'ID3\x04\0\0\0\0\0\0'],
    ['audio/mpeg', '\xff\xfb\x90\0'],
    ['text/plain', '\xc3'],
    ['text/plain', 'a\0'],
  ] as const)('that only begin, or are something else, are refused: %s %j [W20]', (type, latin1) => {
    const bytes = Buffer.from(latin1, 'latin1');
    expect(isWhole(type, bytes)).toBe(false);
    expect(typeFaults(type, bytes, 'evidence.')).toEqual([
      {
        field: 'evidence.contentType',
        message: `these bytes are not ${type} from beginning to end: send the whole file, with its own type`,
        allowed: 'the type that the bytes are of',
      },
    ]);
  });

  it('are a PDF even with line ends or a header before it and padding after its end, as readers accept it [W20]', () => {
    const pdf = smallFile('application/pdf');
    const taken = (before: number, behind: number): boolean =>
      isWhole('application/pdf', Buffer.concat([Buffer.alloc(before, '\n'), pdf, Buffer.alloc(behind)]));
    expect([taken(2, 0), taken(1023, 0), taken(0, 1000)]).toEqual([true, true, true]);
    expect([taken(1024, 0), taken(0, 1100)]).toEqual([false, false]);
  });

  it('are checked at the same cost, however many are between beginning and end [W20]', () => {
    expect(pdfOf(1_000_000)).toHaveLength(1_000_000);
    expect(isWhole('application/pdf', pdfOf(1_000_000))).toBe(true);
    const sound = Buffer.concat([Buffer.from('ID3\x04\0\0\0\0\x01\0', 'latin1'), Buffer.alloc(128)]);
    expect(isWhole('audio/mpeg', sound)).toBe(false);
    expect(isWhole('audio/mpeg', Buffer.concat([sound, smallFile('audio/mpeg')]))).toBe(true);
  });
});
