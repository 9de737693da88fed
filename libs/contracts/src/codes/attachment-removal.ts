export const attachmentRemovals = ['wrong-document', 'replaced', 'client-request'] as const;
export type AttachmentRemoval = (typeof attachmentRemovals)[number];
