export const milestones = ['reminded', 'supervisor', 'coordinator'] as const;
export type Milestone = (typeof milestones)[number];
