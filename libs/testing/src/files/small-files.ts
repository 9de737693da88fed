import { crc32, deflateSync } from 'node:zlib';
import type { AttachmentContentType, EvidenceType } from '#contracts';

type FileType = AttachmentContentType | EvidenceType;

/** A minimal file of the type that any reader opens: one page, one dot or one moment. */
export function smallFile(type: FileType): Buffer {
  return files[type]();
}

/** A PDF of one empty page with exactly this many bytes: `filling` repeats in a stream that no page shows. */
export function pdfOf(size: number, filling: Buffer = Buffer.from('a page of paper ')): Buffer {
  const spare = pdfAround(Buffer.alloc(0), size).length;
  const pdf = pdfAround(Buffer.alloc(Math.max(0, size - spare), filling), size);
  if (pdf.length !== size) throw new Error(`no PDF has ${size} bytes`);
  return pdf;
}

const files: Readonly<Record<FileType, () => Buffer>> = {
  'application/pdf': () => pdfAround(Buffer.from('a page of paper'), 999),
  'image/png': png,
  'image/jpeg': jpeg,
  'image/tiff': tiff,
  'image/webp': () => Buffer.from('UklGRiIAAABXRUJQVlA4IBYAAAAwAQCdASoBAAEADsD+JaQAA3AAAAAA', 'base64'),
  'audio/wav': wav,
  'audio/mpeg': () => Buffer.concat([Buffer.from([0xff, 0xfb, 0x90, 0x00]), Buffer.alloc(413)]),
  'text/plain': () => Buffer.from('Walks with a frame; pain at night, no años.\n'),
};

/** `longest`: offsets in the file are as wide as this number, so that only the stream's length changes its size. */
function pdfAround(stream: Buffer, longest: number): Buffer {
  const wide = (length: number): string => String(length).padStart(String(longest).length, '0');
  const objects = [
    Buffer.from('<< /Type /Catalog /Pages 2 0 R >>'),
    Buffer.from('<< /Type /Pages /Kids [3 0 R] /Count 1 >>'),
    Buffer.from('<< /Type /Page /Parent 2 0 R /MediaBox [0 0 72 72] >>'),
    Buffer.concat([Buffer.from(`<< /Length ${wide(stream.length)} >>\nstream\n`), stream, Buffer.from('\nendstream')]),
  ].map((body, index) => Buffer.concat([Buffer.from(`${index + 1} 0 obj\n`), body, Buffer.from('\nendobj\n')]));
  const header = Buffer.from('%PDF-1.7\n');
  const places = objects.map((_, index) => header.length + lengthOf(objects.slice(0, index)));
  const table = places.map((place) => `${String(place).padStart(10, '0')} 00000 n \n`).join('');
  const trailer = `xref\n0 5\n0000000000 65535 f \n${table}trailer\n<< /Size 5 /Root 1 0 R >>\n`;
  const startOfTable = header.length + lengthOf(objects);
  return Buffer.concat([header, ...objects, Buffer.from(`${trailer}startxref\n${wide(startOfTable)}\n%%EOF\n`)]);
}

function lengthOf(buffers: readonly Buffer[]): number {
  return buffers.reduce((sum, { length }) => sum + length, 0);
}

function png(): Buffer {
  const chunk = (name: string, data: readonly number[] | Buffer): Buffer => {
    const named = Buffer.concat([Buffer.from(name), Buffer.from(data)]);
    const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)];
    length.writeUInt32BE(named.length - 4);
    check.writeUInt32BE(crc32(named));
    return Buffer.concat([length, named, check]);
  };
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', [0, 0, 0, 1, 0, 0, 0, 1, 8, 0, 0, 0, 0]),
    chunk('IDAT', deflateSync(Buffer.from([0, 0x7f]))),
    chunk('IEND', []),
  ]);
}

/** One grey dot: tables of one code each, and a single block without a difference from grey. */
function jpeg(): Buffer {
  const segment = (marker: number, data: readonly number[]): readonly number[] => [
    ...[0xff, marker, (data.length + 2) >> 8, (data.length + 2) & 0xff],
    ...data,
  ];
  const oneCode = [1, ...Array.from({ length: 15 }, () => 0), 0];
  return Buffer.from([
    ...[0xff, 0xd8],
    ...segment(0xe0, [...Buffer.from('JFIF\0'), 1, 1, 0, 0, 1, 0, 1, 0, 0]),
    ...segment(0xdb, [0, ...Array.from({ length: 64 }, () => 1)]),
    ...segment(0xc0, [8, 0, 1, 0, 1, 1, 1, 0x11, 0]),
    ...segment(0xc4, [0x00, ...oneCode]),
    ...segment(0xc4, [0x10, ...oneCode]),
    ...segment(0xda, [1, 1, 0x00, 0, 63, 0]),
    ...[0x3f, 0xff, 0xd9],
  ]);
}

/** One black dot, followed by its directory. */
function tiff(): Buffer {
  const entry = (tag: number, value: number): readonly number[] => [
    ...[tag & 0xff, tag >> 8, 3, 0, 1, 0, 0, 0],
    ...[value & 0xff, value >> 8, 0, 0],
  ];
  const entries = [
    ...[entry(256, 1), entry(257, 1), entry(258, 8), entry(259, 1), entry(262, 1)],
    ...[entry(273, 8), entry(277, 1), entry(278, 1), entry(279, 1)],
  ];
  const head = [...Buffer.from('II*\0'), 10, 0, 0, 0, 0, 0];
  return Buffer.from([...head, entries.length, 0, ...entries.flat(), 0, 0, 0, 0]);
}

/** One sample of silence. */
function wav(): Buffer {
  const bytes = Buffer.alloc(46);
  for (const [text, at] of [
    ['RIFF', 0],
    ['WAVEfmt ', 8],
    ['data', 36],
  ] as const)
    bytes.write(text, at, 'latin1');
  for (const [value, at] of [
    [38, 4],
    [16, 16],
    [8000, 24],
    [16_000, 28],
    [2, 40],
  ] as const)
    bytes.writeUInt32LE(value, at);
  for (const [value, at] of [
    [1, 20],
    [1, 22],
    [2, 32],
    [16, 34],
  ] as const)
    bytes.writeUInt16LE(value, at);
  return bytes;
}
