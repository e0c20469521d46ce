import { type DescMessage, type MessageInitShape } from '@bufbuild/protobuf';

/** AnyInit is a message, or what one can be made of, where the message type is known at run time only. */
export type AnyInit = MessageInitShape<DescMessage>;
