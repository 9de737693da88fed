export const dueGroups = ['critically-overdue', 'overdue', 'due-soon', 'not-due', 'none'] as const;
export type DueGroup = (typeof dueGroups)[number];
