export const attachmentContentTypes = ['application/pdf', 'image/jpeg', 'image/png', 'text/plain'] as const;
export type AttachmentContentType = (typeof attachmentContentTypes)[number];
