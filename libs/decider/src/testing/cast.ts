import type { EventActor } from '#contracts';

/** Valid, readable ids: `idOf('5', 12)` ends in 12. */
export function idOf(kind: string, number: number): string {
  return `0190b0d0-0000-7000-8000-${kind.padStart(4, '0')}${number.toString(16).padStart(8, '0')}`;
}

/** The organizations, services, people and things of the rule tests. */
export const cast = {
  network: idOf('1', 1),
  north: idOf('2', 1),
  south: idOf('2', 2),
  hospital: idOf('3', 1),
  harbor: idOf('3', 2),
  openDoor: idOf('3', 3),
  lakeside: idOf('3', 4),
  council: idOf('3', 5),
  harborBeds: idOf('4', 2),
  openDoorHomes: idOf('4', 3),
  lakesideClinic: idOf('4', 4),
  dana: idOf('5', 1),
  ines: idOf('5', 2),
  abel: idOf('5', 3),
  ivan: idOf('5', 4),
  cora: idOf('5', 5),
  olga: idOf('5', 6),
  otto: idOf('5', 7),
  hugo: idOf('5', 8),
  iris: idOf('5', 9),
  ehr: idOf('5', 10),
  client: idOf('6', 1),
  consent: idOf('7', 1),
  referral: idOf('8', 1),
  housing: idOf('9', 1),
  health: idOf('9', 2),
  /** The first, second, ... Task of a story. */
  task: (number: number): string => idOf('a', number),
  message: (number: number): string => idOf('b', number),
} as const;

const person = (id: string, role: EventActor['role'], organizationId: string): EventActor => ({
  id,
  role,
  organizationId,
});

/** Who did it, as in the log. */
export const actors = {
  dana: person(cast.dana, 'discharge-planner', cast.hospital),
  ines: person(cast.ines, 'intake-worker', cast.harbor),
  ivan: person(cast.ivan, 'intake-worker', cast.openDoor),
  cora: person(cast.cora, 'coordinator', cast.council),
  olga: person(cast.olga, 'privacy-officer', cast.hospital),
  system: { id: null, role: 'system', organizationId: null },
  timer: { id: null, role: 'timer', organizationId: null },
} as const satisfies Readonly<Record<string, EventActor>>;
