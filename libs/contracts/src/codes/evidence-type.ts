export const evidenceTypes = [
  'application/pdf',
  'image/png',
  'image/jpeg',
  'image/tiff',
  'image/webp',
  'audio/mpeg',
  'audio/wav',
  'text/plain',
] as const;
export type EvidenceType = (typeof evidenceTypes)[number];
