import { faultsContract } from './faults.contract.ts';
import { parkingContract } from './parking.contract.ts';
import { readingContract } from './reading.contract.ts';
import type { Carries } from './reader-bench.ts';

/** The suite that every transport must pass. */
export function transportContract(name: string, carries: Carries): void {
  readingContract(name, carries);
  parkingContract(name, carries);
  faultsContract(name, carries);
}
