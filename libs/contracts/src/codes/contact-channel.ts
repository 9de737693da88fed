export const contactChannels = ['phone', 'sms', 'email', 'letter', 'visit', 'in-person'] as const;
export type ContactChannel = (typeof contactChannels)[number];
