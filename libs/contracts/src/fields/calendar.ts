const instantPattern = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;
export const dayPattern = /^\d{4}-\d\d-\d\d$/;

export function isInstant(value: string): boolean {
  return instantPattern.test(value) && isReal(value);
}

export function isDay(value: string): boolean {
  return dayPattern.test(value) && isReal(`${value}T00:00:00.000Z`);
}

/** Rejects impossible dates, hour 24 and year 0 (PostgreSQL has none). */
function isReal(instant: string): boolean {
  const time = Date.parse(instant);
  return !Number.isNaN(time) && new Date(time).toISOString() === instant && !instant.startsWith('0000');
}
