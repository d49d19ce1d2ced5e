/** The file `bindings.ts`, which the generated files share: types and one small function. */
export const bindingsSource = `
import type {
  Abi,
  AbiStateMutability,
  ContractEventArgsFromTopics,
  ContractEventName,
  ContractFunctionArgs,
  ContractFunctionName,
  ContractFunctionReturnType,
} from 'viem';

/** Functions that read, and functions that change something. */
export type ReadMutability = 'pure' | 'view';
export type WriteMutability = 'nonpayable' | 'payable';

/** Every function of a contract with its arguments and its result, derived from the ABI. */
export type ContractFunctions<abi extends Abi> = {
  readonly [name in ContractFunctionName<abi>]: {
    readonly args: ContractFunctionArgs<abi, AbiStateMutability, name>;
    readonly returns: ContractFunctionReturnType<abi, AbiStateMutability, name>;
  };
};

/** Every event of a contract with its arguments, derived from the ABI. */
export type ContractEvents<abi extends Abi> = {
  readonly [name in ContractEventName<abi>]: ContractEventArgsFromTopics<abi, name>;
};

/** One call of one function: spread it into viem's readContract, simulateContract, ... */
export interface ContractCall<abi extends Abi, name extends string, args> {
  readonly contractName: string;
  readonly abi: abi;
  readonly functionName: name;
  readonly args: args;
}

/** A contract by name, with constructors of checked calls. */
export interface ContractBinding<abi extends Abi> {
  readonly contractName: string;
  readonly abi: abi;
  read<
    name extends ContractFunctionName<abi, ReadMutability>,
    args extends ContractFunctionArgs<abi, ReadMutability, name>,
  >(functionName: name, args: args): ContractCall<abi, name, args>;
  write<
    name extends ContractFunctionName<abi, WriteMutability>,
    args extends ContractFunctionArgs<abi, WriteMutability, name>,
  >(functionName: name, args: args): ContractCall<abi, name, args>;
}

/** Binds an ABI to the name that messages give the contract. */
export function bindContract<abi extends Abi>(contractName: string, abi: abi): ContractBinding<abi> {
  return {
    contractName,
    abi,
    read: (functionName, args) => ({ contractName, abi, functionName, args }),
    write: (functionName, args) => ({ contractName, abi, functionName, args }),
  };
}
`;
