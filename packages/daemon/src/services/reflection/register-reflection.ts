import type { DescFile, DescService } from '@bufbuild/protobuf';
import type { ConnectRouter } from '@connectrpc/connect';
import { compileProtos } from '@snetkit/protos';
import { statusCode } from '../../call/status.ts';
import {
  ServerReflection,
  type ServerReflectionRequest,
} from '../../gen/grpc/reflection/v1/reflection_pb.ts';
import { ServerReflection as ServerReflectionAlpha } from '../../gen/grpc/reflection/v1alpha/reflection_pb.ts';
import { type DescribedFiles, describeFiles } from './describe-files.ts';

/** What reflection tells of. */
export interface ReflectionOptions {
  /** The daemon's own services. */
  readonly own: readonly DescService[];
  /** The protos of the service behind the daemon: paths and sources; asked for each time. */
  published(): ReadonlyMap<string, string> | undefined;
}

/** The two services of reflection, which differ in their names only. */
export const reflectionServices = [ServerReflection, ServerReflectionAlpha] as const;

/** gRPC server reflection, in both of its versions (gRPC Server Reflection Protocol). */
export function registerReflection(router: ConnectRouter, { own, published }: ReflectionOptions) {
  let known: Known | undefined;
  const answer = (request: ServerReflectionRequest) => {
    const protos = published();
    if (known === undefined || known.protos !== protos) known = describe(own, protos);
    return {
      validHost: request.host,
      originalRequest: request,
      messageResponse: find(request, known),
    };
  };
  router.service(ServerReflection, {
    async *serverReflectionInfo(requests) {
      for await (const request of requests) yield answer(request);
    },
  });
  // Field for field the same, so what is right for one is right for the other.
  router.service(ServerReflectionAlpha, {
    async *serverReflectionInfo(requests) {
      for await (const request of requests) {
        const { originalRequest: _, ...rest } = answer(request as never);
        yield { ...rest, originalRequest: request };
      }
    },
  });
}

interface Known {
  readonly protos: ReadonlyMap<string, string> | undefined;
  readonly described: DescribedFiles;
  readonly serviceNames: readonly string[];
}

function describe(
  own: readonly DescService[],
  protos: ReadonlyMap<string, string> | undefined,
): Known {
  const behind = [...compile(protos)];
  const services = [...own, ...behind.flatMap(({ services }) => services)];
  return {
    protos,
    described: describeFiles([...own.map(({ file }) => file), ...behind]),
    serviceNames: [...new Set(services.map(({ typeName }) => typeName))].toSorted(),
  };
}

/** Protos that do not compile are told of elsewhere. */
function compile(protos: ReadonlyMap<string, string> | undefined): Iterable<DescFile> {
  if (protos === undefined) return [];
  try {
    return compileProtos(protos).files;
  } catch {
    return [];
  }
}

function find(
  { messageRequest: { case: kind, value } }: ServerReflectionRequest,
  { described, serviceNames }: Known,
) {
  switch (kind) {
    case 'listServices':
      return {
        case: 'listServicesResponse' as const,
        value: { service: serviceNames.map((name) => ({ name })) },
      };
    case 'fileByFilename':
      return tellFiles(described.byName(value), `file "${value}"`);
    case 'fileContainingSymbol':
      return tellFiles(described.bySymbol(value), `symbol "${value}"`);
    case 'fileContainingExtension': {
      const { containingType, extensionNumber } = value;
      return tellFiles(
        described.byExtension(containingType, extensionNumber),
        `extension ${extensionNumber} of "${containingType}"`,
      );
    }
    case 'allExtensionNumbersOfType': {
      const extensionNumber = described.extensionsOf(value);
      if (extensionNumber === undefined) return notFound(`message "${value}"`);
      return {
        case: 'allExtensionNumbersResponse' as const,
        value: { baseTypeName: value, extensionNumber },
      };
    }
    default:
      return {
        case: 'errorResponse' as const,
        value: {
          errorCode: statusCode.invalidArgument,
          errorMessage: 'the request asks for nothing',
        },
      };
  }
}

function tellFiles(fileDescriptorProto: Uint8Array[] | undefined, what: string) {
  if (fileDescriptorProto === undefined) return notFound(what);
  return { case: 'fileDescriptorResponse' as const, value: { fileDescriptorProto } };
}

function notFound(what: string) {
  return {
    case: 'errorResponse' as const,
    value: { errorCode: notFoundCode, errorMessage: `${what} is not known here` },
  };
}

const notFoundCode = 5;
