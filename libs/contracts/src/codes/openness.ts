export const opennesses = ['open', 'waitlist', 'closed'] as const;
export type Openness = (typeof opennesses)[number];
