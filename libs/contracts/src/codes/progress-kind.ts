export const progressKinds = ['contact-attempted', 'appointment-booked', 'no-show', 'interim', 'enrolled'] as const;
export type ProgressKind = (typeof progressKinds)[number];
