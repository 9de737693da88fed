import { plainToInstance } from 'class-transformer';
import { getMetadataStorage, validateSync } from 'class-validator';

/** A class whose fields have the names of the environment variables that they are read from. */
export type ConfigClass<T extends object = object> = new () => T;

export type Environment = Readonly<Record<string, string | undefined>>;

/** The environment does not fit the service: every fault, with the variable's name. Values are never printed. */
export class ConfigFault extends Error {
  constructor(readonly faults: readonly string[]) {
    super(`the environment is invalid:\n${faults.map((each) => `  ${each}`).join('\n')}`);
    this.name = 'ConfigFault';
  }
}

/**
 * Reads one validated object of each class, all before the first one is used. An empty variable counts as unset. Throws
 * one {@link ConfigFault} with the faults of all classes.
 */
export function readConfigs(classes: readonly ConfigClass[], environment: Environment): readonly object[] {
  const read = classes.map((each) => readOne(each, environment));
  const faults = read.flatMap((each) => each.faults);
  if (faults.length > 0) throw new ConfigFault([...new Set(faults)]);
  return read.map((each) => each.config);
}

export function readConfig<T extends object>(cls: ConfigClass<T>, environment: Environment): T {
  return readConfigs([cls], environment)[0] as T;
}

function readOne(cls: ConfigClass, environment: Environment): { readonly config: object; readonly faults: string[] } {
  const given = namesOf(cls)
    .map((name) => [name, environment[name]] as const)
    .filter(([, value]) => value !== undefined && value !== '');
  const config = plainToInstance(cls, Object.fromEntries(given), { exposeDefaultValues: true });
  const faults = validateSync(config, { stopAtFirstError: true, validationError: { value: false, target: false } });
  return { config, faults: faults.map((each) => Object.values(each.constraints ?? {})[0] ?? each.property) };
}

function namesOf(cls: ConfigClass): readonly string[] {
  const rules = getMetadataStorage().getTargetValidationMetadatas(cls, '', false, false);
  return [...new Set(rules.map((rule) => rule.propertyName))];
}
