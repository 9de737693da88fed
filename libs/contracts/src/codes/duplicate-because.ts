/** What two client records have in common. */
export const duplicateBecauses = ['same-name', 'same-birth-date', 'birth-date-agrees', 'same-phone'] as const;
export type DuplicateBecause = (typeof duplicateBecauses)[number];
