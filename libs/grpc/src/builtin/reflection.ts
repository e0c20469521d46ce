import { create, toBinary, type DescFile, type DescService, type MessageShape } from '@bufbuild/protobuf';
import { FileDescriptorProtoSchema } from '@bufbuild/protobuf/wkt';
import { status } from '@grpc/grpc-js';
import {
  ServerReflection,
  ServerReflectionResponseSchema,
  type ServerReflectionRequestSchema,
} from '@maestro/proto/grpc/reflection/v1/reflection';
import { bindService, type BoundService } from '../server/handlers.js';
import { DescriptorIndex, withDependencies } from './descriptor-index.js';

type Request = MessageShape<typeof ServerReflectionRequestSchema>;
type Answer = MessageShape<typeof ServerReflectionResponseSchema>['messageResponse'];

/**
 * bindReflection answers gRPC server reflection v1 from the descriptors themselves, so that grpcurl and buf curl see
 * the services without files. (@grpc/reflection loses imports on the way and newer clients refuse what it sends.)
 */
export function bindReflection(services: readonly DescService[]): BoundService {
  const index = new DescriptorIndex([...services, ServerReflection]);
  const names = [...services, ServerReflection].map(({ typeName }) => ({ name: typeName }));
  return bindService(ServerReflection, {
    async *serverReflectionInfo(requests) {
      for await (const request of requests) {
        yield create(ServerReflectionResponseSchema, {
          validHost: request.host,
          originalRequest: request,
          messageResponse: answer(request, index, names),
        });
      }
    },
  });
}

function answer(request: Request, index: DescriptorIndex, names: { name: string }[]): Answer {
  const asked = request.messageRequest;
  switch (asked.case) {
    case 'listServices':
      return messageResponse({ case: 'listServicesResponse', value: { service: names } });
    case 'fileByFilename':
      return filesOf(index.file(asked.value), asked.value);
    case 'fileContainingSymbol':
      return filesOf(index.fileOfSymbol(asked.value), asked.value);
    case 'fileContainingExtension': {
      const { containingType, extensionNumber } = asked.value;
      const name = `${containingType}[${String(extensionNumber)}]`;
      return filesOf(index.fileOfExtension(containingType, extensionNumber), name);
    }
    case 'allExtensionNumbersOfType': {
      const extensionNumber = index.extensionNumbers(asked.value);
      if (extensionNumber === undefined) return notFound(asked.value);
      const value = { baseTypeName: asked.value, extensionNumber };
      return messageResponse({ case: 'allExtensionNumbersResponse', value });
    }
    case undefined:
      return failure(status.INVALID_ARGUMENT, 'The request asks for nothing.');
  }
}

function filesOf(file: DescFile | undefined, name: string): Answer {
  if (file === undefined) return notFound(name);
  const fileDescriptorProto = withDependencies(file).map(({ proto }) => toBinary(FileDescriptorProtoSchema, proto));
  return messageResponse({ case: 'fileDescriptorResponse', value: { fileDescriptorProto } });
}

function notFound(name: string): Answer {
  return failure(status.NOT_FOUND, `This server knows no '${name}'.`);
}

function failure(errorCode: number, errorMessage: string): Answer {
  return messageResponse({ case: 'errorResponse', value: { errorCode, errorMessage } });
}

type AnswerInit = NonNullable<Parameters<typeof create<typeof ServerReflectionResponseSchema>>[1]>['messageResponse'];

function messageResponse(init: NonNullable<AnswerInit>): Answer {
  return create(ServerReflectionResponseSchema, { messageResponse: init }).messageResponse;
}
