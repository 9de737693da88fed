/** What a document is, as far as anybody who may see the referral may know: never what it speaks of. */
export const attachmentKinds = [
  'discharge-summary',
  'assessment',
  'care-plan',
  'medication-list',
  'identification',
  'verification',
  'other-document',
] as const;
export type AttachmentKind = (typeof attachmentKinds)[number];
