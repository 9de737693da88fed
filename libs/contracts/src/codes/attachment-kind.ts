/** What kind of document it is. Everybody who may see the referral may know this; it says nothing about the content. */
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
