import type { ClientMessage, ReplyOf, RequestOf } from "../contract";

/** Sends requests about one SFU path. */
export type RouterLine = <Type extends ClientMessage["type"]>(message: RequestOf<Type>) => Promise<ReplyOf<Type>>;
