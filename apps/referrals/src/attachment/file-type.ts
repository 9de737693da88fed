import { isTextFile, type AttachmentContentType } from '#contracts';

/** Readers of PDF look for its beginning so far: some scanners write line ends or a header of their own before it. */
const pdfBeginsWithin = 1024;
const pngSignature = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
/** The length and the name of the chunk that every PNG begins with. */
const pngFirstChunk = [0x00, 0x00, 0x00, 0x0d, 0x49, 0x48, 0x44, 0x52];
const jpegSignature = [0xff, 0xd8, 0xff];

const beginnings: Readonly<Record<AttachmentContentType, (bytes: Uint8Array) => boolean>> = {
  'application/pdf': isPdf,
  'image/jpeg': (bytes) => beginsWith(bytes, jpegSignature) && isJpegMarker(bytes[jpegSignature.length]),
  'image/png': (bytes) => beginsWith(bytes, pngSignature) && isCutOrSame(bytes.subarray(8), pngFirstChunk),
  'text/plain': isTextFile,
};

/** Whether bytes begin as their type does; a text is UTF-8. What no reader could open is not stored. */
export function isWhatItSays(contentType: AttachmentContentType, bytes: Uint8Array): boolean {
  return beginnings[contentType](bytes);
}

/** Its beginning names a version: five bytes that only say PDF are none. */
function isPdf(bytes: Uint8Array): boolean {
  const head = Buffer.from(bytes.subarray(0, pdfBeginsWithin + '%PDF-1.7'.length)).toString('latin1');
  const found = /%PDF-\d\.\d/.exec(head);
  return found !== null && found.index < pdfBeginsWithin;
}

/** After the picture's beginning stands a segment's marker, never a filling byte or the end. */
function isJpegMarker(byte: number | undefined): boolean {
  return byte !== undefined && byte >= 0xc0 && byte !== 0xff && byte !== 0xd8 && byte !== 0xd9;
}

function beginsWith(bytes: Uint8Array, signature: readonly number[]): boolean {
  return signature.every((byte, index) => bytes[index] === byte);
}

function isCutOrSame(bytes: Uint8Array, chunk: readonly number[]): boolean {
  return bytes.length === 0 || beginsWith(bytes, chunk);
}
