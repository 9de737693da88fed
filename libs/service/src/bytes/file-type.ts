import { isTextFile, type AttachmentContentType, type EvidenceType } from '#contracts';
import type { FieldFault } from '../problems/form.problems.ts';

/** Every type of file that may be sent. */
export type FileType = AttachmentContentType | EvidenceType;

/** A file's last mark must be this close to its end: some programs pad a file. */
const endsWithin = 1024;
/** PDF readers look this far for its beginning: some scanners write line ends or their own header before it. */
const pdfBeginsWithin = 1024;
const pdfEnd = [...Buffer.from('%%EOF')];
const pngSignature = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
/** The length and name of the chunk that every PNG begins with, and the complete chunk that it ends with. */
const pngFirstChunk = [0x00, 0x00, 0x00, 0x0d, 0x49, 0x48, 0x44, 0x52];
const pngLastChunk = [0x00, 0x00, 0x00, 0x00, 0x49, 0x45, 0x4e, 0x44, 0xae, 0x42, 0x60, 0x82];
const jpegSignature = [0xff, 0xd8, 0xff];
const jpegEnd = [0xff, 0xd9];

const wholes: Readonly<Record<FileType, (bytes: Buffer) => boolean>> = {
  'application/pdf': isPdf,
  'image/png': (bytes) =>
    beginsWith(bytes, [...pngSignature, ...pngFirstChunk]) && endsWith(bytes, pngLastChunk, pngSignature.length),
  'image/jpeg': (bytes) =>
    beginsWith(bytes, jpegSignature) && isJpegMarker(bytes[jpegSignature.length]) && endsWith(bytes, jpegEnd, 4),
  'image/tiff': isTiff,
  'image/webp': (bytes) => isRiff(bytes, 'WEBP'),
  'audio/wav': (bytes) => isRiff(bytes, 'WAVE'),
  'audio/mpeg': isMpegAudio,
  'text/plain': isTextFile,
};

/**
 * Tells whether bytes begin and end as their type requires; a text must be UTF-8. Truncated files, or files that no
 * reader could open, are not stored. Except for a text, only the beginning and the end are read, however long the file
 * is.
 */
export function isWhole(contentType: FileType, bytes: Buffer): boolean {
  return wholes[contentType](bytes);
}

/** What is wrong with a file that does not have its declared type. `within`: as in `readSentFile`. */
export function typeFaults(contentType: FileType, bytes: Buffer, within = ''): readonly FieldFault[] {
  if (isWhole(contentType, bytes)) return [];
  const message = `these bytes are not ${contentType} from beginning to end: send the whole file, with its own type`;
  return [{ field: `${within}contentType`, message, allowed: 'the type that the bytes are of' }];
}

/** Its beginning must name a version: the five bytes of `%PDF-` alone are not enough. */
function isPdf(bytes: Buffer): boolean {
  const head = bytes.subarray(0, pdfBeginsWithin + '%PDF-1.7'.length).toString('latin1');
  const found = /%PDF-\d\.\d/.exec(head);
  return found !== null && found.index < pdfBeginsWithin && endsWith(bytes, pdfEnd, found.index + found[0].length);
}

/** After the start of the image comes a segment's marker, never a fill byte or the end marker. */
function isJpegMarker(byte: number | undefined): boolean {
  return byte !== undefined && byte >= 0xc0 && byte !== 0xff && byte !== 0xd8 && byte !== 0xd9;
}

/** A TIFF says where its first directory is; that directory has at least one entry of 12 bytes and is inside the file. */
function isTiff(bytes: Buffer): boolean {
  if (bytes.length < 8) return false;
  const mark = bytes.toString('latin1', 0, 4);
  const little = mark === 'II*\0';
  if (!little && mark !== 'MM\0*') return false;
  const directory = little ? bytes.readUInt32LE(4) : bytes.readUInt32BE(4);
  if (directory < 8 || directory + 2 > bytes.length) return false;
  const entries = little ? bytes.readUInt16LE(directory) : bytes.readUInt16BE(directory);
  return entries > 0 && directory + 2 + entries * 12 + 4 <= bytes.length;
}

/** A RIFF says how long it is, without the eight bytes that say so; its form and a first chunk follow. */
function isRiff(bytes: Buffer, form: 'WEBP' | 'WAVE'): boolean {
  if (bytes.length < 20 || bytes.toString('latin1', 0, 4) !== 'RIFF' || bytes.toString('latin1', 8, 12) !== form) {
    return false;
  }
  const length = bytes.readUInt32LE(4);
  return length >= 12 && length + 8 <= bytes.length;
}

/** No frame of MPEG layer III is shorter. */
const shortestFrame = 24;

/** A sound has no end mark, so a complete first frame must be in the file, after a complete tag if there is one. */
function isMpegAudio(bytes: Buffer): boolean {
  const start = endOfTag(bytes);
  if (start + shortestFrame > bytes.length) return false;
  const [first, second, third] = bytes.subarray(start, start + 3) as unknown as [number, number, number];
  const [version, layer] = [(second >> 3) & 3, (second >> 1) & 3];
  const [bitrate, rate] = [third >> 4, (third >> 2) & 3];
  return first === 0xff && second >= 0xe0 && version !== 1 && layer !== 0 && bitrate !== 15 && rate !== 3;
}

/** An ID3 tag gives its length in four bytes of seven bits each; 0 if there is no tag. */
function endOfTag(bytes: Buffer): number {
  if (bytes.length < 10 || bytes.toString('latin1', 0, 3) !== 'ID3') return 0;
  return 10 + [...bytes.subarray(6, 10)].reduce((length, byte) => length * 128 + (byte & 0x7f), 0);
}

function beginsWith(bytes: Buffer, signature: readonly number[]): boolean {
  return signature.every((byte, index) => bytes[index] === byte);
}

/** Tells whether the last mark of its type is near the end, after the file's beginning. */
function endsWith(bytes: Buffer, mark: readonly number[], behind: number): boolean {
  const from = Math.max(behind, bytes.length - endsWithin - mark.length);
  return bytes.indexOf(Buffer.from(mark), from) >= 0;
}
