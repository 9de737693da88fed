import { faultsContract } from './contract/faults.contract.ts';
import { parkingContract } from './contract/parking.contract.ts';
import { readingContract } from './contract/reading.contract.ts';
import type { Carries } from './contract/test-house.ts';

/** The one suite that every transport must pass. */
export function transportContract(name: string, carries: Carries): void {
  readingContract(name, carries);
  parkingContract(name, carries);
  faultsContract(name, carries);
}
